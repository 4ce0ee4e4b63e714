import { type JSX, Show } from 'solid-js';
import { fullMoment, now, shortAgo, shortMoment, since, until } from '../lib/time.ts';

const initials = (name: string): string => {
  const parts = name.trim().split(/\s+/);
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : '';
  return ((parts[0]?.[0] ?? '') + (last[0] ?? '')).toUpperCase();
};

interface AvatarProps {
  name: string | null;
  me?: boolean;
  large?: boolean;
  /** Says the name to readers and on hover: when no name stands beside it. */
  named?: boolean;
}

/** Initials; without a name nobody, a dashed ring. */
export const Avatar = (props: AvatarProps) => (
  <>
    <span
      class="avatar"
      classList={{ me: props.me, large: props.large, none: props.name === null }}
      aria-hidden="true"
      title={props.named ? (props.name ?? 'Nobody') : undefined}
    >
      {props.name === null ? '' : initials(props.name)}
    </span>
    <Show when={props.named}>
      <span class="sr">{props.name ?? 'Nobody'}</span>
    </Show>
  </>
);

export const Person = (props: { name: string | null; me?: boolean; none?: string }) => (
  <span class="person">
    <Avatar name={props.name} me={props.me} />
    <span class="truncate">{props.name ?? props.none ?? 'Nobody yet'}</span>
  </span>
);

export type Tone = 'accent' | 'info' | 'good' | 'warn' | 'bad' | 'note';

/** A fact that rarely changes: "v3", "2nd visit". */
export const Badge = (props: { tone?: Tone; children: JSX.Element }) => (
  <span class={`badge ${props.tone ?? ''}`}>{props.children}</span>
);

/** A number beside a label; `hot` only for what is broken. `of` names it for readers. */
export const Count = (props: { n: number; of?: string; hot?: boolean }) => (
  <span class="count" classList={{ hot: props.hot && props.n > 0 }}>
    {props.n}
    <Show when={props.of}>
      <span class="sr"> {props.of}</span>
    </Show>
  </span>
);

/** The date part is quiet, the six digits carry the number. `short` shows only these. */
export const TicketNumber = (props: { of: string; short?: boolean }) => (
  <span class="no">
    <Show when={!props.short}>
      <span>{props.of.slice(0, -6)}</span>
    </Show>
    {props.of.slice(-6)}
  </span>
);

/** The six digits by which people call a ticket. */
export const shortNumber = (number: string): string => number.slice(-6);

const looks = { ago: shortAgo, since, until, moment: shortMoment } as const;

/** A moment in words that stay true while the page is open; the full date on hover. */
export const Time = (props: { at: string; as?: keyof typeof looks; class?: string }) => (
  <time datetime={props.at} title={fullMoment(props.at)} class={props.class}>
    {looks[props.as ?? 'since'](props.at, now())}
  </time>
);
