import { createUniqueId, For, Show } from 'solid-js';
import type { ChoiceGroup } from './choices.tsx';
import { Icon } from './icon.tsx';

/** Two or three views of one thing, side by side. */
export const Segments = <Value extends string>(props: ChoiceGroup<Value>) => {
  const unique = createUniqueId();
  return (
    <span class="segments" role="radiogroup" aria-label={props.legend}>
      <For each={props.options}>
        {(option) => (
          <label>
            <input
              type="radio"
              name={unique}
              value={option.value}
              checked={props.value === option.value}
              onChange={() => props.onChange(option.value)}
            />
            <Show when={option.icon}>{(icon) => <Icon of={icon()} />}</Show>
            {option.label}
          </label>
        )}
      </For>
    </span>
  );
};
