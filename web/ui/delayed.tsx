import { createSignal, type JSX, onCleanup, Show } from 'solid-js';

/** Shows nothing for 200 ms, then its children, so that a quick answer does not flicker. */
export const Delayed = (props: { children: JSX.Element }) => {
  const [due, setDue] = createSignal(false);
  const timer = setTimeout(() => setDue(true), 200);
  onCleanup(() => clearTimeout(timer));
  return <Show when={due()}>{props.children}</Show>;
};
