import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

/** Any icon of `lucide-solid/icons/<name>`. Import the one file you mean: the index would bundle all of them. */
export type LucideIcon = (props: { class?: string }) => JSX.Element;

/** Decoration beside a word. An icon without a word gets its name from the button around it. */
export const Icon = (props: { of: LucideIcon; big?: boolean; class?: string }) => (
  <Dynamic component={props.of} class={['icon', props.big && 'big', props.class].filter(Boolean).join(' ')} />
);
