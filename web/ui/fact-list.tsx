import { For, type JSX } from 'solid-js';

/** Names and values; what is empty is left out. */
export const FactList = (props: { of: readonly (readonly [name: string, value: JSX.Element])[]; class?: string }) => (
  <dl class={`props ${props.class ?? ''}`}>
    <For each={props.of.filter(([, value]) => value !== null && value !== undefined && value !== '')}>
      {([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      )}
    </For>
  </dl>
);
