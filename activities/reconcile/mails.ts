import type { Context } from '../../api/context.ts';
import { waitingIn } from '../../api/db/outbox/enqueue.ts';
import { mailsUnderWay } from '../../api/notification/mail-batches.service.ts';
import { giveUpMail, leaveBatch, noteSent } from '../../api/notification/mail-notes.ts';
import { deliveryWorkflowId } from '../../workflows/names.ts';
import type { Delivered, DigestOfBatch } from '../../workflows/notification/mail-batch.ts';
import type { Compared } from '../../workflows/reconcile/messages.ts';
import { eachAtOnce } from '../at-once.ts';
import { reportUnmendable } from './unmendable.ts';
import type { KnownWorkflow, Workflows } from './workflows.ts';

const pageSize = 100;
const atOnce = 8;

/**
 * Makes sure that the batch of each unsent mail is running; digests of a lost batch go out with the next one. A digest that
 * was sent before its rows were restored is recorded as sent. A workflow identifies a digest by its first notification.
 */
export const createCompareMails =
  ({ orm, log }: Pick<Context, 'orm' | 'log'>, workflows: Workflows) =>
  async (after: number): Promise<Compared> => {
    const mails = await mailsUnderWay(orm.em.fork(), after, pageSize);
    const batches = Map.groupBy(mails, ({ batch }) => batch);
    const ids = [...batches.keys()].map(deliveryWorkflowId);
    const waiting = await waitingIn(orm.em.fork(), ids);
    const running = await workflows.running(ids.filter((id) => !waiting.has(id)));
    const found: Compared = { checked: mails.length, restarted: 0, unresolved: 0, next: null };
    if (mails.length === pageSize) found.next = mails.at(-1)?.notificationId ?? null;

    const noteAsItWas = async (
      digest: DigestOfBatch,
      workflow: KnownWorkflow,
      { sent, givenUp }: Delivered,
    ): Promise<void> => {
      const { notificationId } = digest;
      const em = orm.em.fork();
      if (sent.includes(notificationId)) await noteSent(em, digest, workflow.closedAt);
      else if (givenUp.includes(notificationId)) await giveUpMail(em, digest, 'given_up');
      else
        throw new Error(
          `The batch ${digest.batch} has ended, but its result does not name the digest ${notificationId}`,
        );
      log.warn({ notificationId, runId: workflow.runId }, 'mail updated to the result of its ended workflow');
    };

    const settle = async (batch: string, digests: readonly DigestOfBatch[]): Promise<void> => {
      const workflowId = deliveryWorkflowId(batch);
      if (waiting.has(workflowId) || running.has(workflowId)) return;
      const workflow = await workflows.find(workflowId);
      if (workflow?.status === 'RUNNING') return;
      if (workflow?.status === 'COMPLETED') {
        const delivered = (await workflows.resultOf(workflowId, workflow.runId)) as Delivered;
        for (const digest of digests) await noteAsItWas(digest, workflow, delivered);
        return;
      }
      const why =
        workflow === null ? 'Temporal has lost the workflow.' : 'The workflow ended before its mails were sent.';
      for (const digest of digests) await leaveBatch(orm.em.fork(), digest);
      log.warn({ batch, digests: digests.length, why }, 'mail batch was lost; its digests go out with another one');
      found.restarted += 1;
    };
    await eachAtOnce(atOnce, batches, async ([batch, mailsOfBatch]) => {
      const digests = new Set(mailsOfBatch.map(({ digest }) => digest));
      try {
        await settle(
          batch,
          [...digests].map((notificationId) => ({ notificationId, batch })),
        );
      } catch (error) {
        reportUnmendable(log, { batch }, error);
        found.unresolved += 1;
      }
    });
    return found;
  };
