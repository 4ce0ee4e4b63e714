import { Context as ActivityContext } from '@temporalio/activity';
import type { Context } from '../../api/context.ts';
import { digestsOf, findDigest } from '../../api/notification/digest.ts';
import { MailFailure } from '../../api/notification/mail-failure.ts';
import { giveUpMail as noteGivenUp } from '../../api/notification/mail-notes.ts';
import { digestOf, type EarlierDigest, type EarlierFirstTry } from '../../workflows/notification/earlier-batch.ts';
import type { DigestOfBatch, FirstTry } from '../../workflows/notification/mail-batch.ts';
import { createMailRoom } from './mail-room.ts';
import { temporalFailureOf } from './temporal-failure.ts';

/** How long a batch goes on starting new digests, in milliseconds: the rest have tries of their own, several at once. */
const batchMs = 30_000;

/** What the delivery workflow does: it sends mail, to the address that auth knows at that moment. */
export const createNotificationActivities = (context: Pick<Context, 'orm' | 'config' | 'log'>) => {
  const { orm, log } = context;
  const inMailRoom = createMailRoom(context);

  /** Sends the digests of a batch one after the other over one connection. */
  const sendMailBatch = async (batch: string): Promise<FirstTry> => {
    const digests = await digestsOf(orm.em.fork(), batch);
    const { cancellationSignal } = ActivityContext.current();
    const end = Date.now() + batchMs;
    return inMailRoom(digests, async (left, send) => {
      const waiting = new Set(left);
      const tried: FirstTry = { sent: [], refused: [], unknown: [] };
      for (const digest of digests) {
        const { notificationId } = digest;
        if (Date.now() > end || cancellationSignal.aborted) break;
        try {
          if (waiting.has(digest)) await send(digest);
          tried.sent.push(notificationId);
        } catch (error) {
          log.debug({ notificationId, error }, 'mail not taken at once');
          if (!(error instanceof MailFailure)) break;
          const { type } = error;
          if (error.permanent) tried.refused.push({ notificationId, why: type });
          else if (type === 'outcome_unknown') tried.unknown.push(notificationId);
          // Without an answer the server is away, for the next digest, too.
          if (type === 'server_away' || type === 'outcome_unknown') break;
        }
      }
      return tried;
    });
  };

  /** Sends one digest. What the server refuses for good, or nobody can send, ends the tries; the rest does not. */
  const sendMail = async (wanted: DigestOfBatch): Promise<void> => {
    const digest = await findDigest(orm.em.fork(), wanted);
    try {
      // After a restored backup it is no digest any more, or goes out with another batch.
      if (!digest) throw new MailFailure('no_mail', { permanent: true });
      await inMailRoom([digest], async (left, send) => {
        for (const one of left) await send(one);
      });
    } catch (error) {
      log.debug({ ...wanted, error }, 'mail not taken');
      throw temporalFailureOf(error);
    }
  };

  const giveUpMail = (wanted: DigestOfBatch, why: string): Promise<void> => noteGivenUp(orm.em.fork(), wanted, why);

  return {
    sendMailBatch,
    sendMail,
    giveUpMail,

    // Workflows that releases before 3 started know the activities by these names. Their first try of all mails was a local
    // activity, which Temporal runs again when a worker stands still: it sends nothing now, and each mail has its own tries.
    deliverRound: async (_batch: string): Promise<FirstTry | EarlierFirstTry> => ({ sent: [], refused: [] }),
    deliverNotice: (given: DigestOfBatch | EarlierDigest): Promise<void> => sendMail(digestOf(given)),
    giveUpNotice: (given: DigestOfBatch | EarlierDigest, why: string): Promise<void> =>
      giveUpMail(digestOf(given), why),
  };
};
export type NotificationActivities = ReturnType<typeof createNotificationActivities>;
