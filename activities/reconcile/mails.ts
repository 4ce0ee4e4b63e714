import type { Context } from '../../api/context.ts';
import { waitingIn } from '../../api/db/outbox.ts';
import { giveUpMail, noteMailSent } from '../../api/notification/mail.service.ts';
import { mailFlow, type PendingMail, pendingMails } from '../../api/notification/pending.service.ts';
import { deliveryWorkflowId } from '../../workflows/names.ts';
import type { Compared } from '../../workflows/reconcile/messages.ts';
import { eachOf } from './at-once.ts';
import type { Flows } from './flows.ts';
import { reportUnmendable } from './unmendable.ts';

const pageSize = 100;
const atOnce = 8;

/** Sees to it that each mail that is to be sent has its flow; a mail that is sent, and whose row has lost it, is noted. */
export const createCompareMails =
  ({ orm, log }: Pick<Context, 'orm' | 'log'>, flows: Flows) =>
  async (after: number): Promise<Compared> => {
    const mails = await pendingMails(orm.em.fork(), after, pageSize);
    const ids = mails.map(({ noticeId }) => deliveryWorkflowId(noticeId));
    const waiting = await waitingIn(orm.em.fork(), ids);
    const running = await flows.running(ids.filter((id) => !waiting.has(id)));
    const found: Compared = { checked: mails.length, restarted: 0, unresolved: 0, next: null };
    if (mails.length === pageSize) found.next = mails.at(-1)?.noticeId ?? null;

    const settle = async (mail: PendingMail): Promise<void> => {
      const { noticeId, token } = mail;
      const workflowId = deliveryWorkflowId(noticeId);
      if (waiting.has(workflowId) || running.get(workflowId)?.token === token) return;
      const flow = await flows.find(workflowId);
      const isOurs = flow?.token === token;
      if (isOurs && flow.status === 'RUNNING') return;
      if (isOurs && flow.status === 'COMPLETED') {
        const em = orm.em.fork();
        if ((await flows.resultOf(workflowId, flow.runId)) === 'sent') await noteMailSent(em, noticeId, flow.closedAt);
        else await giveUpMail(em, noticeId, 'given_up');
        log.warn({ noticeId, runId: flow.runId }, 'mail noted as its flow has left it');
        return;
      }
      const why = flow === null ? 'Temporal has lost the flow.' : 'The flow had ended before its mail was sent.';
      await flows.replace(flow, { ...mailFlow(mail), token }, why);
      log.warn({ noticeId, why }, 'mail flow started again');
      found.restarted += 1;
    };
    await eachOf(mails, atOnce, async (mail) => {
      try {
        await settle(mail);
      } catch (error) {
        reportUnmendable(log, { noticeId: mail.noticeId }, error);
        found.unresolved += 1;
      }
    });
    return found;
  };
