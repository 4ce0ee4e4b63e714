import { For, type JSX, Show } from 'solid-js';

/** Facts that are read together. No card inside a card. */
export const Card = (props: { title?: string; aside?: JSX.Element; children: JSX.Element }) => (
  <section class="card">
    <Show when={props.title}>
      <header>
        <h2>{props.title}</h2>
        <Show when={props.aside}>
          <span class="push">{props.aside}</span>
        </Show>
      </header>
    </Show>
    <div class="in">{props.children}</div>
  </section>
);

/** Names and values; what is empty is left out. */
export const Props = (props: { of: readonly (readonly [name: string, value: JSX.Element])[]; class?: string }) => (
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
