import { heartbeat } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import pLimit from 'p-limit';
import type { Context } from '../../api/context.ts';
import { withDeadline } from '../../api/temporal/client.ts';
import { ticketsInWrongHands } from '../../api/tracking/assign.service.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import type { HintedTickets } from '../../workflows/reconcile/messages.ts';
import { membersChanged } from '../../workflows/ticket/messages.ts';

const pageSize = 100;
const atOnce = 8;

/** Signals a page of workflows whose step needs another assignee; `after` is the last ticket of the previous page. */
export const createHintTickets =
  ({ orm, temporal }: Pick<Context, 'orm' | 'temporal'>) =>
  async (after: string): Promise<HintedTickets> => {
    const numbers = await ticketsInWrongHands(orm.em.fork(), after, pageSize);
    const limit = pLimit(atOnce);
    const hinted = limit.map(numbers, async (number) => {
      try {
        const workflow = temporal.workflow.getHandle(ticketWorkflowId(number));
        await withDeadline(temporal, () => workflow.signal(membersChanged));
      } catch (error) {
        // It has just ended, or is lost. The next check finds out.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
      heartbeat(number);
    });
    await hinted.finally(() => limit.clearQueue());
    return { hinted: numbers.length, next: numbers.length === pageSize ? (numbers.at(-1) ?? null) : null };
  };
