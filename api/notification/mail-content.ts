import type { SendMailOptions } from 'nodemailer';
import type { Entry } from './digest.ts';
import { threadIdOf } from './mail-ids.ts';

export interface MailSettings {
  from: string;
  /** The web address that links start with. */
  publicUrl: string;
}

/** The subjects of tickets, by number. */
export type Subjects = ReadonlyMap<string, string>;

export interface Sendable extends Entry {
  /** The whole address that its link leads to. */
  address: string;
}

/** Those of which a mail can be made, and those whose link leads nowhere, now or later. */
export const sortOut = (
  entries: readonly Entry[],
  publicUrl: string,
): { sendable: Sendable[]; unsendable: readonly Entry[] } => {
  const sendable = entries.flatMap((entry) => {
    const address = URL.parse(entry.link, publicUrl)?.href;
    return address === undefined ? [] : [{ ...entry, address }];
  });
  return { sendable, unsendable: entries.filter(({ link }) => !URL.canParse(link, publicUrl)) };
};

// No out-of-office or "we have got your mail" shall answer (RFC 3834; Exchange has a header of its own).
const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

type Content = Pick<SendMailOptions, 'subject' | 'text' | 'headers' | 'references' | 'inReplyTo'>;

/**
 * What a mail says. All mails about one ticket have the same subject and refer to the same id, so that mail programs show
 * them as one thread: some go by one, some by the other. A mail about several tickets is a thread of its own.
 */
export const contentOf = (
  [first, ...others]: readonly [Sendable, ...Sendable[]],
  subjects: Subjects,
  from: string,
): Content => {
  const headingOf = (ticket: string, title: string): string => `[${ticket}] ${subjects.get(ticket) ?? title}`;
  const heading = headingOf(first.ticket, first.title);
  const all = [first, ...others];
  const tickets = new Set(all.map(({ ticket }) => ticket));
  if (tickets.size > 1) {
    const more = tickets.size - 1;
    const parts = all.map(({ ticket, title, body, address }) => `[${ticket}] ${title}\n${body}\n${address}\n`);
    const subject = `${heading}, and ${more} more ${more === 1 ? 'ticket' : 'tickets'}`;
    return { subject, text: parts.join('\n'), headers: automatic };
  }
  const parts = all.map(({ title, body, address }) => `${title}\n\n${body}\n\n${address}\n`);
  const thread = threadIdOf(first.ticket, from);
  return { subject: heading, text: parts.join('\n'), headers: automatic, references: thread, inReplyTo: thread };
};
