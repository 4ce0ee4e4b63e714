import { heartbeat } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Context } from '../../api/context.ts';
import { moveBeyond, numbersToCome } from '../../api/helpdesk/numbers.service.ts';
import { withDeadline } from '../../api/temporal/client.ts';
import { ticketsInWrongHands } from '../../api/tracking/assign.service.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { nothing, type Tally } from '../../workflows/reconcile/messages.ts';
import { membersChanged } from '../../workflows/ticket/messages.ts';
import { eachOf } from './at-once.ts';
import { createCompareTickets } from './compare.ts';
import { createCompareMails } from './mails.ts';
import { createCompareSyncs } from './syncs.ts';
import { createSettleTicket } from './tickets.ts';
import { reportUnmendable } from './unmendable.ts';
import { createWorkflows } from './workflows.ts';

const atOnce = 8;

/** What the reconciler does. Each of it may run twice: it looks again before it does anything. */
export const createReconcileActivities = (context: Pick<Context, 'orm' | 'temporal' | 'log'>) => {
  const { orm, temporal, log } = context;
  const workflows = createWorkflows(context);
  const settleTicket = createSettleTicket(context, workflows);

  const settle = async (number: string, hasStopped: boolean): Promise<Partial<Tally>> => {
    try {
      return { [await settleTicket(number, hasStopped)]: 1 };
    } catch (error) {
      reportUnmendable(log, { number }, error);
      return { unresolved: 1 };
    }
  };

  return {
    compareTickets: createCompareTickets(context, workflows),
    compareMails: createCompareMails(context, workflows),
    compareSyncs: createCompareSyncs(context, workflows),

    /** Puts these tickets right, each by itself. */
    settleTickets: async (numbers: string[], hasStopped: boolean): Promise<Tally> => {
      const tally = { ...nothing };
      await eachOf(numbers, atOnce, async (number) => {
        const done = await settle(number, hasStopped);
        for (const name of ['restarted', 'rebuilt', 'ended', 'unresolved'] as const) tally[name] += done[name] ?? 0;
        heartbeat(number);
      });
      return tally;
    },

    /** Tells workflows that their step is in the wrong hands; answers to how many. */
    hintTickets: async (): Promise<number> => {
      const numbers = await ticketsInWrongHands(orm.em.fork());
      await eachOf(numbers, atOnce, async (number) => {
        try {
          const workflow = temporal.workflow.getHandle(ticketWorkflowId(number));
          await withDeadline(temporal, () => workflow.signal(membersChanged));
        } catch (error) {
          // It has ended a moment ago, or is lost: the next look finds out.
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }
        heartbeat(number);
      });
      return numbers.length;
    },

    /** After a restore the next numbers are those of workflows from before: they are left out. */
    keepNumbersAhead: async (): Promise<void> => {
      const { after, before } = await numbersToCome(orm.em.fork(), new Date());
      const borne = await workflows.ticketNumbers(after, before);
      if (borne.length === 0) return;
      await moveBeyond(orm.em.fork(), borne);
      log.warn(
        { after, workflows: borne.length },
        'ticket numbers moved beyond those that workflows of before a restore bear',
      );
    },
  };
};
export type ReconcileActivities = ReturnType<typeof createReconcileActivities>;
