import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import { noticeKinds } from './notice.schema.ts';

/** Something a person is told, in the app at once and by mail through a delivery flow. */
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

/** The mail of a notice: waiting, sent, or given up with the reason. */
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
  ],
  properties: {
    noticeId: p.integer().primary().autoincrement(false),
    state: p.enum([...mailStates]),
    /** The mail's flow bears it: a flow of this notice's id with another token is not this mail's. */
    token: p.uuid().defaultRaw('gen_random_uuid()'),
    /** The same on every attempt, so that a copy can be told from a second mail. */
    messageId: p.text(),
    attempts: p.integer().default(0),
    lastError: p.text().nullable(),
    sentAt: p.datetime().nullable(),
  },
});
export type Mail = InferEntity<typeof Mail>;
