import type { Category } from '../../../workflows/ticket/rules/words.ts';
import type { Draft } from './draft.ts';

/** A draft with its idempotency key, so that sending it again, also after a reload, makes no second ticket. */
export interface Kept {
  key: string;
  at: string;
  draft: Draft;
}

const nameOf = (category: Category): string => `draft:${category}`;

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'key' in value && 'at' in value && 'draft' in value;

/** The draft of this tab, if there is one that this page can read. */
export const restore = (category: Category, blank: Draft): Kept | null => {
  const text = sessionStorage.getItem(nameOf(category));
  if (text === null) return null;
  try {
    const kept: unknown = JSON.parse(text);
    if (!isKept(kept)) return null;
    return { ...kept, draft: { values: { ...blank.values, ...kept.draft.values }, items: kept.draft.items ?? [] } };
  } catch {
    // Not ours, or written by an older page: the form opens empty.
    return null;
  }
};

export const keep = (category: Category, kept: Kept): void => {
  sessionStorage.setItem(nameOf(category), JSON.stringify(kept));
};

export const forget = (category: Category): void => {
  sessionStorage.removeItem(nameOf(category));
};
