import type { NameCopies } from '../db/name-copies.ts';
import { messaging } from './messaging.tables.ts';

/** Names of authors, which messaging copies from auth, so that a renaming can update them. */
export const authorNames: NameCopies<number, number> = {
  start: 0,
  async next(em, userId, after, limit) {
    const page = messaging(em).selectFrom('messaging.message').select('id').where('author_id', '=', userId);
    const rows = await page.where('id', '>', after).orderBy('id').limit(limit).execute();
    return rows.map((row) => row.id);
  },
  async rename(em, userId, to, { after, last }) {
    await messaging(em)
      .updateTable('messaging.message')
      .set({ author_name: to })
      .where('author_id', '=', userId)
      .where('id', '>', after)
      .where('id', '<=', last)
      .where('author_name', 'is distinct from', to)
      .execute();
  },
};
