import { For, Show } from 'solid-js';

interface Step {
  title: string;
  detail: string;
  state: 'done' | 'now' | 'next';
}

/** The steps of a request from top to bottom, each with a sentence. */
export const UprightStepBar = (props: { steps: readonly Step[] }) => (
  <ol class="steps">
    <For each={props.steps}>
      {(step) => (
        <li class={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <div>
            <b>
              {step.title}
              <Show when={step.state === 'done'}>
                <span class="sr">, done</span>
              </Show>
            </b>
            <span>{step.detail}</span>
          </div>
        </li>
      )}
    </For>
  </ol>
);
