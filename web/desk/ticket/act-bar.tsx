import { For, Show } from 'solid-js';
import type { TaskAction } from '../../../api/tracking/task.schema.ts';
import { useSigned } from '../../account/gate.tsx';
import { keysOn } from '../../lib/keyboard.ts';
import { afterAct, afterActChoices, chooseAfterAct } from './after-act.ts';
import { keysOf } from './task-page-words.ts';

/** The keys of the actions, and the choice of where to go after one. */
export const ActBar = (props: { actions: TaskAction[] }) => {
  const me = useSigned();
  const myId = () => me().user.id;
  return (
    <div class="act-bar no-print">
      <Show when={keysOn()}>
        <span class="keys">
          <For each={keysOf(props.actions)}>
            {({ key, what }) => (
              <span>
                <kbd>{key.toUpperCase()}</kbd> {what}
              </span>
            )}
          </For>
          <span>
            <kbd>[</kbd> <kbd>]</kbd> previous, next ticket
          </span>
        </span>
      </Show>
      <label class="push">
        After an action
        <span class="select">
          <select
            class="input"
            onChange={(event) => {
              const chosen = afterActChoices.find(({ value }) => value === event.currentTarget.value);
              if (chosen) chooseAfterAct(myId(), chosen.value);
            }}
          >
            <For each={afterActChoices}>
              {({ value, words }) => (
                <option value={value} selected={value === afterAct(myId())}>
                  {words}
                </option>
              )}
            </For>
          </select>
        </span>
      </label>
    </div>
  );
};
