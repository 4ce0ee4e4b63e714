import { createUniqueId, For, type JSX, Show } from 'solid-js';
import { FieldError } from './field.tsx';
import type { LucideIcon } from './icon.tsx';

interface Choice<Value extends string> {
  value: Value;
  label: JSX.Element;
  hint?: string;
  icon?: LucideIcon;
}

export interface ChoiceGroup<Value extends string> {
  legend: string;
  name?: string;
  value: Value | null;
  options: readonly Choice<Value>[];
  error?: string;
  onChange: (value: Value) => void;
}

/** A few options that need a word of explanation. `class="four"` sets them side by side. */
export const Choices = <Value extends string>(props: ChoiceGroup<Value> & { class?: string }) => {
  const unique = createUniqueId();
  const id = () => props.name ?? unique;
  return (
    <fieldset
      class="field"
      classList={{ bad: Boolean(props.error) }}
      id={id()}
      tabindex="-1"
      aria-describedby={props.error ? `${id()}-error` : undefined}
    >
      <legend class="label">{props.legend}</legend>
      <div class={props.class ?? 'choices'}>
        <For each={props.options}>
          {(option) => (
            <label class="choice">
              <input
                type="radio"
                name={unique}
                value={option.value}
                checked={props.value === option.value}
                onChange={() => props.onChange(option.value)}
              />
              <span>{option.label}</span>
              <Show when={option.hint}>
                <small>{option.hint}</small>
              </Show>
            </label>
          )}
        </For>
      </div>
      <FieldError id={`${id()}-error`} error={props.error} />
    </fieldset>
  );
};
