import Check from 'lucide-solid/icons/check';
import { For, type JSX, Show } from 'solid-js';
import { Icon } from './icon.tsx';

interface SmallStepBarProps {
  steps: readonly string[];
  /** The index of the current step; null when the ticket is not on its line. */
  at: number | null;
  /** All behind it: every node is filled. */
  done?: boolean;
  /** Stopped where it is: on hold, or waiting for somebody. */
  halted?: boolean;
}

/** The line of a ticket, small enough for a row. The words beside it say the same, so it is hidden from readers. */
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

/** The same line, large: done is filled, now is a ring, next is hollow, the way ahead is dashed. */
export const StepBar = (props: { label: string; stages: readonly StepBarStep[] }) => (
  <ol class="stages" aria-label={props.label}>
    <For each={props.stages}>
      {(stage) => (
        <li class={stage.state} aria-current={stage.state === 'now' ? 'step' : undefined}>
          <span class="node">
            <Show when={stage.state === 'done'}>
              <Icon of={Check} />
            </Show>
          </span>
          <div class="what">
            <strong>{stage.name}</strong>{' '}
            <Show when={stage.badge} fallback={<span class="sr">{stage.state}</span>}>
              <span class="badge accent">{stage.badge}</span>
            </Show>
            <Show when={stage.detail}>
              <span>{stage.detail}</span>
            </Show>
          </div>
        </li>
      )}
    </For>
  </ol>
);
