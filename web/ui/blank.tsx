import CloudOff from 'lucide-solid/icons/cloud-off';
import Inbox from 'lucide-solid/icons/inbox';
import { type JSX, Show } from 'solid-js';
import { Problem, sentenceOf } from '../lib/problem.ts';
import { Button } from './button.tsx';
import { Icon, type LucideIcon } from './icon.tsx';

/** Empty: why, and what to do. */
export const Blank = (props: { icon?: LucideIcon; title: string; children?: JSX.Element; actions?: JSX.Element }) => (
  <div class="blank">
    <Icon of={props.icon ?? Inbox} />
    <h3>{props.title}</h3>
    <Show when={props.children}>
      <p>{props.children}</p>
    </Show>
    <Show when={props.actions}>
      <div class="row-x">{props.actions}</div>
    </Show>
  </div>
);

/** Failed: what failed, try again, the request's number. `what` as in "The tickets did not load". */
export const Failed = (props: { what: string; error: unknown; busy?: boolean; onRetry: () => void }) => (
  <div class="blank" role="alert">
    <Icon of={CloudOff} />
    <h3>{props.what} did not load</h3>
    <p>{sentenceOf(props.error)} Nothing was changed.</p>
    <div class="row-x">
      <Button kind="primary" busy={props.busy} onClick={props.onRetry}>
        Try again
      </Button>
    </div>
    <Show when={props.error instanceof Problem && props.error.requestId}>
      {(id) => <small class="subtle mono">request {id()}</small>}
    </Show>
  </div>
);
