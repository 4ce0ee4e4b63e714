import { createSignal } from 'solid-js';
import { keptIn } from './kept-text.ts';
import { pageUser } from './page-user.ts';

/** The text of a field whose place is named once, for example `note:TX20261123004098`: kept until it is sent or emptied. */
export const createKeptText = (place: string) => {
  const kept = keptIn(pageUser()?.id ?? 0, place);
  const before = kept.read();
  const [text, setText] = createSignal(typeof before === 'string' ? before : '');
  const write = (value: string): void => {
    setText(value);
    if (value.trim() === '') kept.forget();
    else kept.keep(value);
  };
  return {
    text,
    write,
    /** It is sent, so it is not needed any more. */
    clear: () => write(''),
  };
};

export type KeptText = ReturnType<typeof createKeptText>;
