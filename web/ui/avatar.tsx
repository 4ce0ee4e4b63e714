import { Show } from 'solid-js';
import './avatar.css';

const initials = (name: string): string => {
  const parts = name.trim().split(/\s+/);
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : '';
  return ((parts[0]?.[0] ?? '') + (last[0] ?? '')).toUpperCase();
};

/** A hue that belongs to the name, so that two people with the same initials can be told apart. */
export const hueOf = (name: string): number => {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  // Steps of the golden angle lie far from each other.
  return Math.round((sum * 137.508) % 360);
};

interface AvatarProps {
  name: string | null;
  me?: boolean;
  large?: boolean;
  /** Gives the name to screen readers and on hover, where no name is beside it. */
  named?: boolean;
}

/** A person's initials; a dashed ring for nobody. */
export const Avatar = (props: AvatarProps) => (
  <>
    <span
      class="avatar"
      classList={{ me: props.me, large: props.large, none: props.name === null }}
      style={props.name === null ? undefined : { '--hue': hueOf(props.name) }}
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
