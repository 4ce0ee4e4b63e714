import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import { notificationKinds } from './notification.schema.ts';

/** What a person is told: in the app at once, and by mail with the next batch. */
export const Notification = defineEntity({
  name: 'Notification',
  schema: 'notification',
  tableName: 'notification',
  indexes: [
    { properties: ['userId', 'id'] },
    {
      // A command asks for what its sender has not read of the ticket, and the bell for how many are unread.
      name: 'notification_unread_index',
      properties: ['userId', 'ticket'],
      expression: `create index "notification_unread_index" on "notification"."notification" ("user_id", "ticket") where "read_at" is null`,
    },
  ],
  uniques: [{ properties: ['userId', 'eventKey'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    userId: p.integer(),
    /** Names the event, so that nobody is notified of it twice. */
    eventKey: p.text(),
    kind: p.enum([...notificationKinds]),
    title: p.text(),
    body: p.text(),
    ticket: p.text(),
    link: p.text(),
    createdAt: p.datetime(),
    readAt: p.datetime().nullable(),
  },
});
export type Notification = InferEntity<typeof Notification>;

export const mailStates = ['pending', 'sending', 'sent', 'failed'] as const;

/** The states of a mail that is neither sent nor given up. */
export const unsent = ['pending', 'sending'] as const;

/**
 * What becomes of a notification by mail: it waits, is being sent, was sent, or was given up with the reason. One that is being
 * sent, although nobody holds its lock, was left by a crash: nobody knows whether it is out.
 */
export const Mail = defineEntity({
  name: 'Mail',
  schema: 'notification',
  tableName: 'mail',
  indexes: [
    {
      name: 'mail_unsent_index',
      properties: ['notificationId'],
      expression: `create index "mail_unsent_index" on "notification"."mail" ("notification_id") where "state" in ('pending', 'sending')`,
    },
    {
      name: 'mail_waiting_index',
      properties: ['notificationId'],
      expression: `create index "mail_waiting_index" on "notification"."mail" ("notification_id") where "state" = 'pending' and "batch" is null`,
    },
    { properties: ['batch', 'notificationId'] },
  ],
  properties: {
    notificationId: p.integer().primary().autoincrement(false),
    state: p.enum([...mailStates]),
    /** The batch in which it goes out; its workflow's id has the same uuid. Null: it waits for the next one. */
    batch: p.uuid().nullable(),
    /**
     * The first notification of its digest: of all that go to this reader in the batch. It stays when the batch is lost: a
     * digest that may be out must not come again under its Message-ID with other notifications in it.
     */
    digest: p.integer().nullable(),
    /**
     * The same on every attempt, so that a copy can be told from a second mail. A digest has that of its first notification.
     * Null until the first batch.
     */
    messageId: p.text().nullable(),
    attempts: p.integer().default(0),
    /** After how many tries the connection was lost before the mail server said whether it has taken the mail. */
    unknownOutcomes: p.integer().default(0),
    lastError: p.text().nullable(),
    sentAt: p.datetime().nullable(),
  },
});
export type Mail = InferEntity<typeof Mail>;
