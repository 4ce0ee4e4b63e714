import { Match, Show, Switch } from 'solid-js';
import type { Priority as PriorityCode } from '../../workflows/ticket/rules/words.ts';
import { priorityWords } from '../lib/labels.ts';

const bars = { critical: 3, high: 3, medium: 2, low: 1 } as const;

/** A filled square, three, two or one bars. `dense` hides the word from the eye only. */
export const Priority = (props: { of: PriorityCode; dense?: boolean }) => (
  <span class={`priority ${props.of}`} title={`Priority ${priorityWords[props.of].toLowerCase()}`}>
    <Switch>
      <Match when={props.of === 'critical'}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path
            fill-rule="evenodd"
            d="M4 1h8a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3Zm3.1 2.8.2 5.2h1.4l.2-5.2ZM8 10.4a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z"
          />
        </svg>
      </Match>
      <Match when={props.of !== 'critical'}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <rect x="2" y="9" width="3" height="5" rx="1" />
          <rect classList={{ dim: bars[props.of] < 2 }} x="6.5" y="6" width="3" height="8" rx="1" />
          <rect classList={{ dim: bars[props.of] < 3 }} x="11" y="3" width="3" height="11" rx="1" />
        </svg>
      </Match>
    </Switch>
    <Show when={props.dense} fallback={priorityWords[props.of]}>
      <span class="sr">{priorityWords[props.of]} priority</span>
    </Show>
  </span>
);
