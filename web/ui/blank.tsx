import Inbox from 'lucide-solid/icons/inbox';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Icon, type LucideIcon } from './icon.tsx';

export interface BlankProps {
  icon?: LucideIcon;
  title: string;
  /** `h1` when it is all that the page shows. */
  heading?: 'h1' | 'h2' | 'h3';
  children?: JSX.Element;
  actions?: JSX.Element;
}

/** Nothing to show: says why, and what to do. */
export const Blank = (props: BlankProps) => (
  <div class="blank">
    <Icon of={props.icon ?? Inbox} />
    <Dynamic component={props.heading ?? 'h3'}>{props.title}</Dynamic>
    <Show when={props.children}>
      <p>{props.children}</p>
    </Show>
    <Show when={props.actions}>
      <div class="row-x">{props.actions}</div>
    </Show>
  </div>
);
