import type { EntityManager } from '@mikro-orm/postgresql';
import type { Draft } from './message.schema.ts';
import { messaging } from './messaging.tables.ts';

/** What this user has begun to write on the ticket; null when nothing. */
export const draftOf = async (em: EntityManager, number: string, userId: number): Promise<Draft | null> => {
  const draft = await messaging(em)
    .selectFrom('messaging.draft')
    .select(['voice', 'text'])
    .where('ticket_number', '=', number)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return draft ?? null;
};

/** Forgets the draft. */
export const clearDraft = async (em: EntityManager, number: string, userId: number): Promise<void> => {
  await messaging(em)
    .deleteFrom('messaging.draft')
    .where('ticket_number', '=', number)
    .where('user_id', '=', userId)
    .execute();
};

/** Keeps a draft in place of the earlier one; an empty one clears it. */
export const saveDraft = async (
  em: EntityManager,
  number: string,
  userId: number,
  { voice, text }: Draft,
): Promise<void> => {
  if (text.trim() === '') return clearDraft(em, number, userId);
  const content = { voice, text, saved_at: new Date() };
  await messaging(em)
    .insertInto('messaging.draft')
    .values({ ticket_number: number, user_id: userId, ...content })
    .onConflict((conflict) => conflict.columns(['ticket_number', 'user_id']).doUpdateSet(content))
    .execute();
};
