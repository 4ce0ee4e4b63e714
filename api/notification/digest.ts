import type { EntityManager } from '@mikro-orm/postgresql';
import type { MailOfBatch } from '../../workflows/notification/mail-batch.ts';
import { execute } from '../db/prepared.ts';
import type { Mail } from './notification.entity.ts';

interface Told {
  notificationId: number;
  state: Mail['state'];
  ticket: string;
  title: string;
  body: string;
  link: string;
}

/** All that one reader is told by one mail of a batch, in the order in which it happened. */
export interface Digest extends MailOfBatch {
  messageId: string;
  readerId: number;
  notifications: Told[];
}

/**
 * The first notification of a mail's digest. A batch that the release before digests has gathered names none: each of its
 * notifications is a digest by itself.
 */
export const headColumn = 'coalesce(digest, notification_id)';

/** The mails of a digest that are neither sent nor given up, by its first notification and its batch. */
export const waitingOf = `where ${headColumn} = ? and batch = ? and state = 'pending'`;

/** The digests of a batch as they are to be written: all of them, or the one that begins with this notification. */
export const digestsOf = (em: EntityManager, batch: string, notificationId: number | null = null): Promise<Digest[]> =>
  execute<Digest>(
    em,
    `select ${headColumn} as "notificationId", m.batch, n.user_id as "readerId",
       (array_agg(m.message_id order by n.id))[1] as "messageId",
       json_agg(json_build_object('notificationId', n.id, 'state', m.state, 'ticket', n.ticket, 'title', n.title,
         'body', n.body, 'link', n.link) order by n.id) as notifications
     from notification.mail m join notification.notification n on n.id = m.notification_id
     where m.batch = ? and ${headColumn} = coalesce(?::int, ${headColumn}) group by 1, 2, 3 order by 1`,
    [batch, notificationId],
  );

interface Sendable extends Told {
  /** The whole address that its link leads to. */
  address: string;
}

/** Those of which a mail can be made, and those whose link leads nowhere, now or later. */
export const sortOut = (
  notifications: readonly Told[],
  publicUrl: string,
): { sendable: Sendable[]; unsendable: readonly Told[] } => {
  const sendable = notifications.flatMap((notification) => {
    const address = URL.parse(notification.link, publicUrl)?.href;
    return address === undefined ? [] : [{ ...notification, address }];
  });
  return { sendable, unsendable: notifications.filter(({ link }) => !URL.canParse(link, publicUrl)) };
};

const headingOf = ({ ticket, title }: Told): string => `[${ticket}] ${title}`;

/** What the reader reads. A notification that comes alone has its heading in the subject; several have theirs above each. */
export const contentOf = (first: Sendable, ...others: readonly Sendable[]): { subject: string; text: string } => {
  if (others.length === 0) return { subject: headingOf(first), text: `${first.body}\n\n${first.address}\n` };
  const paragraphs = [first, ...others].map(
    (notification) => `${headingOf(notification)}\n${notification.body}\n${notification.address}\n`,
  );
  return { subject: `${headingOf(first)}, and ${others.length} more`, text: paragraphs.join('\n') };
};
