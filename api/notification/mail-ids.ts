import { randomUUID } from 'node:crypto';

/** The domain of an address such as `Help Desk <helpdesk@example.com>`. */
const domainOf = (address: string): string => /@([^@>]+)>?$/.exec(address.trim())?.[1] ?? 'localhost';

/**
 * A new Message-ID of the sender's domain. It is not made of the notification's id: a restored backup gives that to another
 * notification, and mail programs would take its mail for one that they have.
 */
export const newMessageId = (from: string): string => `<notification-${randomUUID()}@${domainOf(from)}>`;

/** What all mails about one ticket refer to, so that mail programs show them as one thread. No mail bears it itself. */
export const threadIdOf = (ticket: string, from: string): string => `<ticket-${ticket}@${domainOf(from)}>`;
