import type { EntityManager } from '@mikro-orm/postgresql';
import type { Digest } from './digest.ts';
import type { MailConnection } from './mail-connection.ts';
import { contentOf, type MailSettings, type Subjects, sortOut } from './mail-content.ts';
import { MailFailure } from './mail-failure.ts';
import type { MailLocks } from './mail-lock.ts';
import { claim, noteFailure, noteSent, noteUnsendable, type Persistence } from './mail-notes.ts';
import type { Turns } from './mail-turns.ts';

/** What sending a mail needs. */
export interface MailRoom {
  settings: MailSettings;
  connection: MailConnection;
  locks: MailLocks;
  subjects: Subjects;
  /** The mail server has taken a digest; it is called before that is noted. */
  taken(digest: Digest): void;
  inTurn: Turns;
  /** Goes on noting what has happened while PostgreSQL is away. */
  persist: Persistence;
}

// The second time it is given up: a server that loses each connection in this way would get a copy with each try.
const unknownAtMost = 2;

/**
 * Sends a digest once. It is noted as being sent before and as sent after, and locked in between: another try waits while
 * this one lives, however slow it is. Only after a crash or a lost connection nobody knows whether the mail is out, and a
 * copy is possible; it bears the same Message-ID. A notification that makes no mail is given up by itself.
 * @throws MailFailure, which is noted on the mails, too.
 */
export const deliverMail = async (
  em: EntityManager,
  digest: Digest,
  address: string,
  room: MailRoom,
): Promise<void> => {
  if (isDone(digest)) return;
  if (!(await room.locks.take(digest.notificationId))) throw new MailFailure('being_sent');
  try {
    await room.inTurn(() => deliverLocked(em, digest, address, room));
  } finally {
    await room.locks.release(digest.notificationId);
  }
};

const isDone = ({ entries }: Digest): boolean =>
  entries.some(({ state }) => state === 'sent') && entries.every(({ state }) => state === 'sent' || state === 'failed');

const deliverLocked = async (em: EntityManager, digest: Digest, address: string, room: MailRoom): Promise<void> => {
  const claimed = await claim(em, digest);
  if (claimed.mails.size === 0) {
    if (claimed.isSent) return;
    throw new MailFailure('unsendable', { permanent: true });
  }
  try {
    // Another run has not come to give it up.
    if (claimed.unknownOutcomes >= unknownAtMost) throw new MailFailure('outcome_unknown', { permanent: true });
    await send(em, digest, address, room, claimed.mails);
  } catch (error) {
    const isUnknown = error instanceof MailFailure && error.type === 'outcome_unknown' && !error.permanent;
    await room.persist(() => noteFailure(em, digest, error, isUnknown));
    if (isUnknown && claimed.unknownOutcomes + 1 >= unknownAtMost)
      throw new MailFailure('outcome_unknown', { permanent: true, cause: error });
    throw error;
  }
  room.taken(digest);
  await room.persist(() => noteSent(em, digest));
};

const send = async (
  em: EntityManager,
  digest: Digest,
  address: string,
  { settings, connection, subjects }: MailRoom,
  claimed: ReadonlySet<number>,
): Promise<void> => {
  const entries = digest.entries.filter(({ notificationId }) => claimed.has(notificationId));
  const { sendable, unsendable } = sortOut(entries, settings.publicUrl);
  const [first, ...others] = sendable;
  if (!first) throw new MailFailure('unsendable', { permanent: true });
  for (const { notificationId } of unsendable) await noteUnsendable(em, digest, notificationId);
  await connection.send({
    from: settings.from,
    // As it is: read as a header, `two words@example.com` would go to somebody else.
    to: { name: '', address },
    ...contentOf([first, ...others], subjects, settings.from),
    messageId: digest.messageId,
  });
};
