import { createSignal, createUniqueId, Show } from 'solid-js';

/** A text that is longer than this is folded. The second is for a text of many short lines. */
const shownUnfolded = { characters: 1_500, lines: 18 } as const;

const isLong = (text: string): boolean =>
  text.length > shownUnfolded.characters || text.split('\n').length > shownUnfolded.lines;

/** What somebody wrote, with its line breaks; folded when it is long. */
export const LongText = (props: { text: string }) => {
  const [isOpen, setOpen] = createSignal(false);
  const id = createUniqueId();
  return (
    <div class="long-text">
      <p id={id} dir="auto" class="description" classList={{ folded: isLong(props.text) && !isOpen() }}>
        {props.text}
      </p>
      <Show when={isLong(props.text)}>
        <button
          type="button"
          class="linklike"
          aria-expanded={isOpen()}
          aria-controls={id}
          onClick={() => setOpen(!isOpen())}
        >
          {isOpen() ? 'Show less' : 'Show all'}
        </button>
      </Show>
    </div>
  );
};
