import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { columnsOf } from '../db/columns.ts';
import { readTotal, totalOf } from '../db/keyset.ts';
import { decodeCursor, page } from '../http/paging.ts';
import type { SessionUser } from '../http/user.ts';
import type { Access } from './conversation.ts';
import { draftOf } from './drafts.service.ts';
import type { Message } from './message.entity.ts';
import { takeBackUntil, voicesToWrite, whyNotWrite } from './message.policy.ts';
import type { MessagePage, Message as MessageView, messageQuery } from './message.schema.ts';
import { messaging } from './messaging.tables.ts';

/** The columns for the view of a message. */
export const messageProperties = [
  'id',
  'ticketNumber',
  'voice',
  'authorId',
  'authorName',
  'text',
  'postedAt',
  'editedAt',
  'takenBackAt',
] as const satisfies (keyof Message)[];

export type ViewedMessage = Pick<Message, (typeof messageProperties)[number]>;

/** A message as this reader sees it. */
export const messageView = (message: ViewedMessage, reader: { id: number }, now = new Date()): MessageView => ({
  id: message.id,
  ticket: message.ticketNumber,
  voice: message.voice,
  author: { id: message.authorId, name: message.authorName },
  text: message.takenBackAt ? null : message.text,
  postedAt: message.postedAt.toISOString(),
  editedAt: message.editedAt?.toISOString() ?? null,
  takenBackAt: message.takenBackAt?.toISOString() ?? null,
  takeBackUntil: message.authorId === reader.id ? (takeBackUntil(message, now)?.toISOString() ?? null) : null,
});

const place = z.tuple([z.null(), z.int()]);

/** A page of the messages that this reader may read, newest first. */
export const listMessages = async (
  em: EntityManager,
  conversation: Access,
  { cursor, limit }: z.infer<typeof messageQuery>,
  reader: SessionUser,
): Promise<MessagePage> => {
  const readable = messaging(em)
    .selectFrom('messaging.message as m')
    .where('m.ticket_number', '=', conversation.number)
    .where('m.voice', 'in', conversation.reads);
  const earlier = cursor ? readable.where('m.id', '<', decodeCursor(cursor, place)[1]) : readable;
  const rows = await earlier
    .select(columnsOf('m', messageProperties))
    .select(totalOf(readable))
    .orderBy('m.id', 'desc')
    .limit(limit + 1)
    .execute();
  const now = new Date();
  const found = page(rows, {
    limit,
    count: await readTotal(em, rows, readable),
    cursor: (row) => [null, row.id],
    view: (row) => messageView(row, reader, now),
  });
  return {
    ...found,
    voices: voicesToWrite(conversation),
    whyNot: whyNotWrite(conversation, 'public'),
    draft: await draftOf(em, conversation.number, reader.id),
  };
};
