import type { EntityManager } from '@mikro-orm/postgresql';
import { columnsOf } from '../db/columns.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import type { Surroundings } from './conversation.ts';
import { takeBackUntil } from './message.policy.ts';
import { messageProperties, type ViewedMessage } from './messages.service.ts';
import { messaging } from './messaging.tables.ts';

const unknownMessage = (): AppError =>
  new AppError('not_found', 'There is no such message, or it is not yours to see.');

/**
 * The author's own message, locked until the transaction ends.
 * @throws AppError `not_found` when this user may not see it, `forbidden` when somebody else wrote it, `not_allowed` when it
 * was taken back.
 */
const holdOwn = async (
  em: EntityManager,
  id: number,
  user: SessionUser,
  conversationOf: Surroundings['conversationOf'],
): Promise<ViewedMessage> => {
  const message = await messaging(em)
    .selectFrom('messaging.message as m')
    .select(columnsOf('m', messageProperties))
    .where('m.id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!message) throw unknownMessage();
  if (message.authorId !== user.id) {
    const { reads } = await conversationOf(em, message.ticketNumber, user).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'not_found' ? unknownMessage() : error;
    });
    if (!reads.includes(message.voice)) throw unknownMessage();
    throw new AppError('forbidden', `${message.authorName} wrote this message. Only they can change it.`);
  }
  if (message.takenBackAt) throw new AppError('not_allowed', 'You have taken this message back.');
  return message;
};

/** Gives the author's message another text. The earlier one is kept. */
export const editMessage = (
  em: EntityManager,
  { id, text, user }: { id: number; text: string; user: SessionUser },
  conversationOf: Surroundings['conversationOf'],
): Promise<ViewedMessage> =>
  em.transactional(async (tx) => {
    const message = await holdOwn(tx, id, user, conversationOf);
    if (message.text === text) return message;
    const editedAt = new Date();
    await messaging(tx)
      .insertInto('messaging.earlier_text')
      .values({ message_id: id, text: message.text, until: editedAt })
      .execute();
    await messaging(tx)
      .updateTable('messaging.message')
      .set({ text, edited_at: editedAt })
      .where('id', '=', id)
      .execute();
    return { ...message, text, editedAt };
  });

/** Takes the author's message back for everybody; that there was one stays. */
export const takeBackMessage = (
  em: EntityManager,
  { id, user }: { id: number; user: SessionUser },
  conversationOf: Surroundings['conversationOf'],
): Promise<ViewedMessage> =>
  em.transactional(async (tx) => {
    const message = await holdOwn(tx, id, user, conversationOf);
    const takenBackAt = new Date();
    if (takeBackUntil(message, takenBackAt) === null)
      throw new AppError('not_allowed', 'A message can be taken back for 15 minutes. You can still edit it.');
    await messaging(tx)
      .updateTable('messaging.message')
      .set({ taken_back_at: takenBackAt })
      .where('id', '=', id)
      .execute();
    return { ...message, takenBackAt };
  });
