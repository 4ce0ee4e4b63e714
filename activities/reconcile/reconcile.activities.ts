import { heartbeat } from '@temporalio/activity';
import type { Context } from '../../api/context.ts';
import { nothing, type Tally } from '../../workflows/reconcile/messages.ts';
import { eachAtOnce } from '../at-once.ts';
import { createCompareTickets } from './compare.ts';
import { createHintTickets } from './hints.ts';
import { createCompareMails } from './mails.ts';
import { createSettleTicket } from './settle-ticket.ts';
import { createCompareSyncs } from './syncs.ts';
import { reportUnmendable } from './unmendable.ts';
import { createWorkflows } from './workflows.ts';

const atOnce = 8;

/** The reconciler's activities. Each may run twice, because it checks again before it changes anything. */
export const createReconcileActivities = (context: Pick<Context, 'orm' | 'temporal' | 'log'>) => {
  const { log } = context;
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
    hintTickets: createHintTickets(context),

    /** Repairs these tickets one by one. */
    settleTickets: async (numbers: string[], hasStopped: boolean): Promise<Tally> => {
      const tally = { ...nothing };
      await eachAtOnce(atOnce, numbers, async (number) => {
        const done = await settle(number, hasStopped);
        for (const name of ['restarted', 'caughtUp', 'ended', 'unresolved'] as const) tally[name] += done[name] ?? 0;
        heartbeat(number);
      });
      return tally;
    },
  };
};
export type ReconcileActivities = ReturnType<typeof createReconcileActivities>;
