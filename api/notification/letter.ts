import type { EntityManager } from '@mikro-orm/postgresql';
import type { MailOfRound } from '../../workflows/notification/round.ts';
import { execute } from '../db/prepared.ts';
import type { Mail } from './notice.entity.ts';

interface Told {
  noticeId: number;
  state: Mail['state'];
  ticket: string;
  title: string;
  body: string;
  link: string;
}

/** All that one reader is told by one mail of a round, in the order in which it happened. */
export interface Letter extends MailOfRound {
  messageId: string;
  readerId: number;
  notices: Told[];
}

/**
 * The first notice of a mail's letter. A round that the release before letters has gathered names none: each of its
 * notices is a letter by itself.
 */
export const headColumn = 'coalesce(letter, notice_id)';

/** The mails of a letter that are neither sent nor given up, by its first notice and its round. */
export const waitingOf = `where ${headColumn} = ? and round = ? and state = 'pending'`;

/** The letters of a round as they are to be written: all of them, or the one that begins with this notice. */
export const lettersOf = (em: EntityManager, round: string, noticeId: number | null = null): Promise<Letter[]> =>
  execute<Letter>(
    em,
    `select ${headColumn} as "noticeId", m.round, n.user_id as "readerId",
       (array_agg(m.message_id order by n.id))[1] as "messageId",
       json_agg(json_build_object('noticeId', n.id, 'state', m.state, 'ticket', n.ticket, 'title', n.title,
         'body', n.body, 'link', n.link) order by n.id) as notices
     from notification.mail m join notification.notice n on n.id = m.notice_id
     where m.round = ? and ${headColumn} = coalesce(?::int, ${headColumn}) group by 1, 2, 3 order by 1`,
    [round, noticeId],
  );

interface Sendable extends Told {
  /** The whole address that its link leads to. */
  address: string;
}

/** Those of which a mail can be made, and those whose link leads nowhere, now or later. */
export const sortOut = (
  notices: readonly Told[],
  publicUrl: string,
): { sendable: Sendable[]; unsendable: readonly Told[] } => {
  const sendable = notices.flatMap((notice) => {
    const address = URL.parse(notice.link, publicUrl)?.href;
    return address === undefined ? [] : [{ ...notice, address }];
  });
  return { sendable, unsendable: notices.filter(({ link }) => !URL.canParse(link, publicUrl)) };
};

const headingOf = ({ ticket, title }: Told): string => `[${ticket}] ${title}`;

/** What the reader reads. A notice that comes alone has its heading in the subject; several have theirs above each. */
export const contentOf = (first: Sendable, ...others: readonly Sendable[]): { subject: string; text: string } => {
  if (others.length === 0) return { subject: headingOf(first), text: `${first.body}\n\n${first.address}\n` };
  const paragraphs = [first, ...others].map((notice) => `${headingOf(notice)}\n${notice.body}\n${notice.address}\n`);
  return { subject: `${headingOf(first)}, and ${others.length} more`, text: paragraphs.join('\n') };
};
