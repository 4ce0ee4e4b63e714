import { createSignal, type JSX, onCleanup, Show } from 'solid-js';

/** Nothing for 200 ms, then what is given: a quick answer must not flicker. */
export const Delayed = (props: { children: JSX.Element }) => {
  const [due, setDue] = createSignal(false);
  const timer = setTimeout(() => setDue(true), 200);
  onCleanup(() => clearTimeout(timer));
  return <Show when={due()}>{props.children}</Show>;
};
