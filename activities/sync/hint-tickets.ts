import { log } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import pLimit from 'p-limit';
import type { Context } from '../../api/context.ts';
import { withDeadline } from '../../api/temporal/client.ts';
import { type ChangedMembers, ticketsToRecheck } from '../../api/tracking/assign.service.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { membersChanged } from '../../workflows/ticket/messages.ts';
import type { Page } from './pages.ts';

const pageSize = 100;
const atOnce = 8;

/** Signals ticket workflows, page by page, to check their assignee again. */
export const hintTickets = ({ orm, temporal }: Pick<Context, 'orm' | 'temporal'>, changed: ChangedMembers): Page => {
  const limit = pLimit(atOnce);

  const hint = async (number: string): Promise<void> => {
    try {
      await withDeadline(temporal, () => temporal.workflow.getHandle(ticketWorkflowId(number)).signal(membersChanged));
    } catch (error) {
      // A workflow that has ended meanwhile needs no signal.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      log.info('ticket needs no signal, its workflow has ended', { number });
    }
  };

  return async (after, alive) => {
    const page = { after: String(after ?? ''), limit: pageSize };
    const numbers = await ticketsToRecheck(orm.em.fork(), changed, page);
    await limit.map(numbers, async (number) => {
      await hint(number);
      alive();
    });
    return numbers.length < pageSize ? null : (numbers.at(-1) ?? null);
  };
};
