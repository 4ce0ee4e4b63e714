import Check from 'lucide-solid/icons/check';
import { For, type JSX, Show } from 'solid-js';
import { Icon } from './icon.tsx';

interface SmallStepBarProps {
  steps: readonly string[];
  /** The index of the current step; null when the ticket is on none. */
  at: number | null;
  /** All steps are done: every node is filled. */
  done?: boolean;
  /** Halted at the current step: on hold, or waiting for somebody. */
  halted?: boolean;
}

/** The steps of a ticket, small enough for a row. The words beside it say the same, so screen readers skip it. */
export const SmallStepBar = (props: SmallStepBarProps) => {
  const isDone = (index: number) => props.done || (props.at !== null && index < props.at);
  const isNow = (index: number) => !props.done && index === props.at;
  return (
    <span class="track" aria-hidden="true" title={props.steps.join(' → ')}>
      <For each={props.steps}>
        {(_, index) => (
          <i
            classList={{
              done: isDone(index()),
              now: isNow(index()) && !props.halted,
              halt: isNow(index()) && props.halted,
            }}
          />
        )}
      </For>
    </span>
  );
};

export interface StepBarStep {
  name: string;
  state: 'done' | 'now' | 'next';
  detail?: JSX.Element;
  badge?: JSX.Element;
}

/** The steps of a ticket, large: a done step is filled, the current one is a ring, the next ones are hollow. */
export const StepBar = (props: { label: string; steps: readonly StepBarStep[] }) => (
  <ol class="stages" aria-label={props.label}>
    <For each={props.steps}>
      {(step) => (
        <li class={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span class="node">
            <Show when={step.state === 'done'}>
              <Icon of={Check} />
            </Show>
          </span>
          <div class="what">
            <strong>{step.name}</strong>{' '}
            <Show when={step.badge} fallback={<span class="sr">{step.state}</span>}>
              <span class="badge accent">{step.badge}</span>
            </Show>
            <Show when={step.detail}>
              <span>{step.detail}</span>
            </Show>
          </div>
        </li>
      )}
    </For>
  </ol>
);
