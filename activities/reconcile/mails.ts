import type { Context } from '../../api/context.ts';
import { waitingIn } from '../../api/db/outbox.ts';
import { giveUpMail, noteMailSent } from '../../api/notification/mail.service.ts';
import { leaveRound, mailsUnderWay } from '../../api/notification/rounds.service.ts';
import { deliveryWorkflowId } from '../../workflows/names.ts';
import type { Delivered, MailOfRound } from '../../workflows/notification/round.ts';
import type { Compared } from '../../workflows/reconcile/messages.ts';
import { eachOf } from './at-once.ts';
import type { Flows, KnownFlow } from './flows.ts';
import { reportUnmendable } from './unmendable.ts';

const pageSize = 100;
const atOnce = 8;

/**
 * Sees to it that the round of each mail that is under way runs: the letters of a lost one go out with the next. A letter
 * that is sent, and whose rows have lost it, is noted. A flow knows each letter by its first notice.
 */
export const createCompareMails =
  ({ orm, log }: Pick<Context, 'orm' | 'log'>, flows: Flows) =>
  async (after: number): Promise<Compared> => {
    const mails = await mailsUnderWay(orm.em.fork(), after, pageSize);
    const rounds = Map.groupBy(mails, ({ round }) => round);
    const ids = [...rounds.keys()].map(deliveryWorkflowId);
    const waiting = await waitingIn(orm.em.fork(), ids);
    const running = await flows.running(ids.filter((id) => !waiting.has(id)));
    const found: Compared = { checked: mails.length, restarted: 0, unresolved: 0, next: null };
    if (mails.length === pageSize) found.next = mails.at(-1)?.noticeId ?? null;

    const noteAsItWas = async (letter: MailOfRound, flow: KnownFlow, { sent, givenUp }: Delivered): Promise<void> => {
      const { noticeId } = letter;
      const em = orm.em.fork();
      if (sent.includes(noticeId)) await noteMailSent(em, letter, flow.closedAt);
      else if (givenUp.includes(noticeId)) await giveUpMail(em, letter, 'given_up');
      else throw new Error(`The round ${letter.round} has ended and says nothing of the letter ${noticeId}`);
      log.warn({ noticeId, runId: flow.runId }, 'mail noted as its flow has left it');
    };

    const settle = async (round: string, letters: readonly MailOfRound[]): Promise<void> => {
      const workflowId = deliveryWorkflowId(round);
      if (waiting.has(workflowId) || running.has(workflowId)) return;
      const flow = await flows.find(workflowId);
      if (flow?.status === 'RUNNING') return;
      if (flow?.status === 'COMPLETED') {
        const delivered = (await flows.resultOf(workflowId, flow.runId)) as Delivered;
        for (const letter of letters) await noteAsItWas(letter, flow, delivered);
        return;
      }
      const why = flow === null ? 'Temporal has lost the flow.' : 'The flow had ended before its mails were sent.';
      for (const letter of letters) await leaveRound(orm.em.fork(), letter);
      log.warn({ round, letters: letters.length, why }, 'mails go out with another round');
      found.restarted += 1;
    };
    await eachOf([...rounds], atOnce, async ([round, mailsOfRound]) => {
      const heads = new Set(mailsOfRound.map(({ head }) => head));
      try {
        await settle(
          round,
          [...heads].map((noticeId) => ({ noticeId, round })),
        );
      } catch (error) {
        reportUnmendable(log, { round }, error);
        found.unresolved += 1;
      }
    });
    return found;
  };
