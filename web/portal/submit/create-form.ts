import { createMemo, createSignal } from 'solid-js';
import { createStore, unwrap } from 'solid-js/store';
import type { Category } from '../../../workflows/ticket/rules/words.ts';
import { blankDraft, blankItem, type FieldName, type ItemDraft, isBlank } from './draft.ts';
import { check, type Errors } from './form-errors.ts';
import { keptDraft } from './kept-draft.ts';

/** The state of one form: its draft, its errors, and the idempotency key of the ticket that it becomes. */
export const createForm = (category: Category, myName: string) => {
  const blank = blankDraft(category, myName);
  const place = keptDraft(category, blank);
  const kept = place.read();
  const [draft, setDraft] = createStore(structuredClone(kept?.draft ?? blank));
  const [key, setKey] = createSignal(kept?.key ?? crypto.randomUUID());
  const [savedAt, setSavedAt] = createSignal(kept?.at ?? null);
  const [isRestored, setRestored] = createSignal(kept !== null);
  const [isTried, setTried] = createSignal(false);
  const [refused, setRefused] = createSignal<Errors>({});
  const checked = createMemo(() => check(category, draft));
  const errors = (): Errors => (isTried() ? { ...refused(), ...checked().errors } : {});

  const isDirty = createMemo(() => !isBlank(draft, blank));
  // At each change: whatever happens to the page next, the text is there again.
  const save = () => {
    if (!isDirty()) return place.forget();
    const at = new Date().toISOString();
    place.keep({ key: key(), at, draft: unwrap(draft) });
    setSavedAt(at);
  };
  const changed = (path: string) => {
    setRefused(({ [path]: _mended, ...others }) => others);
    save();
  };

  return {
    category,
    draft,
    key,
    savedAt,
    isRestored,
    isDirty,
    errors,
    error: (path: string): string | undefined => errors()[path],
    set(name: FieldName, value: string) {
      setDraft('values', name, value);
      changed(name);
    },
    setItem(index: number, name: keyof ItemDraft, value: string) {
      setDraft('items', index, name, value);
      changed(`items.${index}.${name}`);
    },
    /** Another kind of budget has other cost elements. */
    clearElements() {
      setDraft('items', { from: 0, to: draft.items.length - 1 }, 'costElement', '');
      changed('items');
    },
    addItem() {
      setDraft('items', draft.items.length, blankItem());
      changed('items');
    },
    removeItem(index: number) {
      setDraft('items', (items) => items.filter((_, at) => at !== index));
      changed('items');
    },
    /** The form to send, or null. From the first attempt on, errors appear and vanish while somebody types. */
    attempt() {
      setTried(true);
      return checked().form;
    },
    refuse: setRefused,
    /** The ticket is sent: the draft is not needed any more. */
    finish: place.forget,
    startAfresh() {
      place.forget();
      setDraft(structuredClone(blank));
      setTried(false);
      setRefused({});
      setSavedAt(null);
      setRestored(false);
      setKey(crypto.randomUUID());
    },
    /** Makes the draft another ticket, after the server has seen its key with other content. */
    takeNewKey() {
      setKey(crypto.randomUUID());
      save();
    },
  };
};

export type Form = ReturnType<typeof createForm>;
