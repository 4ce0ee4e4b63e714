import { Show } from 'solid-js';

/** A number beside a label. `hot` is only for what needs repair; `of` says to screen readers what is counted. */
export const Count = (props: { n: number; of?: string; hot?: boolean }) => (
  <span class="count" classList={{ hot: props.hot && props.n > 0 }}>
    {props.n}
    <Show when={props.of}>
      <span class="sr"> {props.of}</span>
    </Show>
  </span>
);
