import type { JSX } from 'solid-js';

export type Tone = 'accent' | 'info' | 'good' | 'warn' | 'bad' | 'note';

/** A fact that rarely changes: "v3", "2nd visit". */
export const Badge = (props: { tone?: Tone; children: JSX.Element }) => (
  <span class={`badge ${props.tone ?? ''}`}>{props.children}</span>
);
