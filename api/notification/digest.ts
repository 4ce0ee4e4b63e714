import type { EntityManager } from '@mikro-orm/postgresql';
import type { DigestOfBatch } from '../../workflows/notification/mail-batch.ts';
import type { Mail } from './notification.entity.ts';
import { notification } from './notification.tables.ts';

/** One notification of a digest, and what has become of it by mail. */
export interface Entry {
  notificationId: number;
  state: Mail['state'];
  ticket: string;
  title: string;
  body: string;
  link: string;
}

/** One mail of a batch: all its notifications to one reader, in the order in which they came. */
export interface Digest extends DigestOfBatch {
  messageId: string;
  readerId: number;
  entries: Entry[];
}

const mailsOf = (em: EntityManager, batch: string) =>
  notification(em)
    .selectFrom('notification.mail as m')
    .innerJoin('notification.notification as n', 'n.id', 'm.notification_id')
    .select(['m.notification_id as notificationId', 'm.digest', 'm.message_id as messageId', 'm.state'])
    .select(['n.user_id as readerId', 'n.ticket', 'n.title', 'n.body', 'n.link'])
    .where('m.batch', '=', batch)
    .where('m.message_id', 'is not', null)
    .$narrowType<{ messageId: string }>()
    .orderBy('m.notification_id');

type MailEntry = Entry & Pick<Digest, 'messageId' | 'readerId'>;

const digestWith = (digest: DigestOfBatch, entries: MailEntry[]): Digest | null => {
  const [first] = entries;
  return first ? { ...digest, messageId: first.messageId, readerId: first.readerId, entries } : null;
};

/** The digests of a batch, in the order of their first notifications. */
export const digestsOf = async (em: EntityManager, batch: string): Promise<Digest[]> => {
  const mails = await mailsOf(em, batch).execute();
  // A batch of the release before digests names none: each of its notifications is a digest by itself.
  const digests = Map.groupBy(mails, ({ digest, notificationId }) => digest ?? notificationId);
  return [...digests].flatMap(([notificationId, entries]) => digestWith({ notificationId, batch }, entries) ?? []);
};

/** One digest of a batch; null when the batch has none that begins with this notification. */
export const findDigest = async (
  em: EntityManager,
  { notificationId, batch }: DigestOfBatch,
): Promise<Digest | null> => {
  const entries = await mailsOf(em, batch)
    .where((eb) => eb(eb.fn.coalesce('m.digest', 'm.notification_id'), '=', notificationId))
    .execute();
  return digestWith({ notificationId, batch }, entries);
};
