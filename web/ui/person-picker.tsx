import X from 'lucide-solid/icons/x';
import { createEffect, createSignal, createUniqueId, For, on, onCleanup, Show } from 'solid-js';
import { type PersonRow, usePeople, usePersonName } from '../lib/people.data.ts';
import { Avatar } from './avatar.tsx';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';
import './person-picker.css';

interface PersonPickerProps {
  label: string;
  /** The chosen person's id. */
  value: number | null;
  /** Only people with a role in this system. */
  of?: 'tts';
  onChange: (id: number | null) => void;
}

/** Chooses a person by name: type, move with the arrows, Enter. */
export const PersonPicker = (props: PersonPickerProps) => {
  const listId = createUniqueId();
  const [words, setWords] = createSignal('');
  const [asked, setAsked] = createSignal('');
  const [open, setOpen] = createSignal(false);
  const [at, setAt] = createSignal(0);
  const chosenName = usePersonName(() => props.value);
  const people = usePeople(asked, props.of, open);
  const found = (): PersonRow[] => (people.isSuccess ? people.data.items : []);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  createEffect(on(found, () => setAt(0)));
  const type = (text: string) => {
    setWords(text);
    setOpen(true);
    clearTimeout(timer);
    timer = setTimeout(() => setAsked(text.trim()), 200);
  };
  const close = () => {
    setOpen(false);
    setWords('');
    setAsked('');
  };
  const choose = (person: PersonRow | undefined) => {
    if (!person) return;
    close();
    props.onChange(person.id);
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => (open() ? setAt(Math.min(at() + 1, found().length - 1)) : setOpen(true)),
    ArrowUp: () => setAt(Math.max(at() - 1, 0)),
    Enter: () => open() && choose(found()[at()]),
    // Closes only this list, and not the panel that it stands in.
    Escape: close,
  };
  const pressed = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || (event.key === 'Escape' && !open())) return;
    event.preventDefault();
    act();
  };
  return (
    <Field label={props.label}>
      {(ids) => (
        <div class="person-picker">
          <div class="box">
            <input
              {...ids}
              class="input"
              role="combobox"
              type="text"
              autocomplete="off"
              maxlength="100"
              aria-expanded={open()}
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={open() && found()[at()] ? `${listId}-${found()[at()]?.id}` : undefined}
              placeholder={chosenName() ?? 'Anybody. Type a name'}
              classList={{ chosen: props.value !== null }}
              value={words()}
              onInput={(event) => type(event.currentTarget.value)}
              onClick={() => setOpen(true)}
              onBlur={close}
              onKeyDown={pressed}
            />
            <Show when={props.value !== null}>
              <button
                type="button"
                class="btn quiet square small"
                aria-label={`${props.label}: anybody`}
                title="Anybody"
                onClick={() => props.onChange(null)}
              >
                <Icon of={X} />
              </button>
            </Show>
          </div>
          <Show when={open()}>
            <div class="people" role="listbox" id={listId} aria-label={props.label}>
              <For
                each={found()}
                fallback={<p class="muted">{people.isPending ? 'Looking …' : 'Nobody has this name.'}</p>}
              >
                {(person, index) => (
                  // The input keeps the focus, and its keys choose.
                  // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
                  // biome-ignore lint/a11y/useFocusableInteractive: see above.
                  <div
                    class="option"
                    role="option"
                    id={`${listId}-${person.id}`}
                    aria-selected={index() === at()}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => choose(person)}
                  >
                    <Avatar name={person.name} />
                    <span class="truncate">{person.name}</span>
                    <span class="end truncate">{person.email}</span>
                  </div>
                )}
              </For>
            </div>
          </Show>
        </div>
      )}
    </Field>
  );
};
