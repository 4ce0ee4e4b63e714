import type { Category } from '../../../workflows/ticket/rules/words.ts';
import { keptIn } from '../../lib/kept-text.ts';
import { pageUser } from '../../lib/page-user.ts';
import type { Draft } from './draft.ts';

/** A draft with its idempotency key, so that sending it again, also after a reload, makes no second ticket. */
export interface Kept {
  key: string;
  at: string;
  draft: Draft;
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'key' in value && 'at' in value && 'draft' in value;

/** The draft of this person in this tab. */
export const keptDraft = (category: Category, blank: Draft) => {
  const place = keptIn(pageUser()?.id ?? 0, `form:${category}`);
  return {
    ...place,
    keep: (kept: Kept): void => place.keep(kept),
    read: (): Kept | null => {
      const kept = place.read();
      if (!isKept(kept)) return null;
      return { ...kept, draft: { values: { ...blank.values, ...kept.draft.values }, items: kept.draft.items ?? [] } };
    },
  };
};
