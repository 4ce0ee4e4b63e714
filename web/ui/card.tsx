import { type JSX, Show } from 'solid-js';

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
