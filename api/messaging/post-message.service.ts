import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import { columnsOf } from '../db/columns.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import type { Conversation, Surroundings } from './conversation.ts';
import { clearDraft } from './drafts.service.ts';
import { whyNotWrite } from './message.policy.ts';
import type { newMessage } from './message.schema.ts';
import { messageProperties, type ViewedMessage } from './messages.service.ts';
import { messaging } from './messaging.tables.ts';

export interface NewMessage {
  conversation: Conversation;
  author: SessionUser;
  /** The page makes it for each message and sends it with every retry. */
  idempotencyKey: string;
  message: z.infer<typeof newMessage>;
}

/**
 * Posts a message and notifies the others, in one transaction; the author's draft is done with.
 * @throws AppError `not_allowed` with the reason, `idempotency_key_reused` when the key was used with other words.
 */
export const postMessage = (
  em: EntityManager,
  { conversation, author, idempotencyKey, message }: NewMessage,
  tell: Surroundings['tell'],
): Promise<ViewedMessage> => {
  const { number } = conversation;
  const { voice, text } = message;
  return em.transactional(async (tx) => {
    const first = await earlierPost(tx, author.id, idempotencyKey);
    if (first) return sameAs(first, number, message);
    const why = whyNotWrite(conversation, voice);
    if (why) throw new AppError('not_allowed', why);
    const posted = await messaging(tx)
      .insertInto('messaging.message')
      .values({
        ...{ voice, text },
        ticket_number: number,
        author_id: author.id,
        author_name: author.name,
        idempotency_key: idempotencyKey,
      })
      .onConflict((conflict) => conflict.columns(['author_id', 'idempotency_key']).doNothing())
      .returning(['id', 'posted_at as postedAt'])
      .executeTakeFirst();
    // The same post came twice at once; the other one is in the table now.
    if (!posted) return sameAs(await earlierPost(tx, author.id, idempotencyKey), number, message);
    await clearDraft(tx, number, author.id);
    const takers = await authorsOn(tx, number);
    await tell(tx, conversation, { id: posted.id, voice, text, at: posted.postedAt }, author, takers);
    const { id, postedAt } = posted;
    return {
      ...{ id, voice, text, postedAt },
      ...{ ticketNumber: number, authorId: author.id, authorName: author.name, editedAt: null, takenBackAt: null },
    };
  });
};

const earlierPost = (em: EntityManager, authorId: number, key: string): Promise<ViewedMessage | undefined> =>
  messaging(em)
    .selectFrom('messaging.message as m')
    .select(columnsOf('m', messageProperties))
    .where('m.author_id', '=', authorId)
    .where('m.idempotency_key', '=', key)
    .executeTakeFirst();

/** The first answer, if the message is the same; it may have been edited since. */
const sameAs = (
  first: ViewedMessage | undefined,
  number: string,
  { voice, text }: NewMessage['message'],
): ViewedMessage => {
  const isEdited = first?.editedAt != null;
  if (first && first.ticketNumber === number && first.voice === voice && (isEdited || first.text === text))
    return first;
  throw new AppError(
    'idempotency_key_reused',
    'This key was used for another message. Send this one with a key of its own.',
  );
};

/** Everybody who has said something on the ticket. */
const authorsOn = async (em: EntityManager, number: string): Promise<number[]> => {
  const rows = await messaging(em)
    .selectFrom('messaging.message')
    .select('author_id as id')
    .distinct()
    .where('ticket_number', '=', number)
    .execute();
  return rows.map(({ id }) => id);
};
