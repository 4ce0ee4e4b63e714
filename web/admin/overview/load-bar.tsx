import { Show } from 'solid-js';

interface LoadBarProps {
  name: string;
  href?: string;
  /** Null while it is not known. */
  count: number | null;
  more?: boolean;
  /** What is 100 %. */
  of: number;
}

/** A name, its number, and a bar that shows the share. */
export const LoadBar = (props: LoadBarProps) => {
  const share = () => (props.of > 0 ? Math.round((100 * (props.count ?? 0)) / props.of) : 0);
  return (
    <li>
      <Show when={props.href} fallback={<span>{props.name}</span>}>
        {(href) => <a href={href()}>{props.name}</a>}
      </Show>
      <b class="num">
        {props.count ?? '–'}
        {props.more ? '+' : ''}
      </b>
      <span class="meter" aria-hidden="true">
        <i style={{ '--v': `${share()}%` }} />
      </span>
    </li>
  );
};
