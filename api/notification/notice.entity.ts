import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import { noticeKinds } from './notice.schema.ts';

/** Something a person is told, in the app at once and by mail with the next round. */
export const Notice = defineEntity({
  name: 'Notice',
  schema: 'notification',
  tableName: 'notice',
  indexes: [{ properties: ['userId', 'id'] }],
  uniques: [{ properties: ['userId', 'eventKey'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    userId: p.integer(),
    /** Names the event, so that nobody is told twice of one thing. */
    eventKey: p.text(),
    kind: p.enum([...noticeKinds]),
    title: p.text(),
    body: p.text(),
    ticket: p.text(),
    link: p.text(),
    createdAt: p.datetime(),
    readAt: p.datetime().nullable(),
  },
});
export type Notice = InferEntity<typeof Notice>;

export const mailStates = ['pending', 'sent', 'failed'] as const;

/** What becomes of a notice by mail: it waits, was sent, or was given up with the reason. */
export const Mail = defineEntity({
  name: 'Mail',
  schema: 'notification',
  tableName: 'mail',
  indexes: [
    {
      name: 'mail_pending_index',
      properties: ['noticeId'],
      expression: `create index "mail_pending_index" on "notification"."mail" ("notice_id") where "state" = 'pending'`,
    },
    {
      name: 'mail_waiting_index',
      properties: ['noticeId'],
      expression: `create index "mail_waiting_index" on "notification"."mail" ("notice_id") where "state" = 'pending' and "round" is null`,
    },
    { properties: ['round', 'noticeId'] },
  ],
  properties: {
    noticeId: p.integer().primary().autoincrement(false),
    state: p.enum([...mailStates]),
    /** The round it goes out with, whose flow bears it; null: it waits for the next one. */
    round: p.uuid().nullable(),
    /**
     * The first notice of the letter that it goes out in, with all that its reader is told in that round. It stays when
     * the round is lost: a letter that may be out must not come again under its Message-ID with other notices in it.
     */
    letter: p.integer().nullable(),
    /** The same on every attempt, so that a copy can be told from a second mail. A letter bears that of its first notice. */
    messageId: p.text(),
    attempts: p.integer().default(0),
    lastError: p.text().nullable(),
    sentAt: p.datetime().nullable(),
  },
});
export type Mail = InferEntity<typeof Mail>;
