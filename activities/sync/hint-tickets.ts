import { log } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Context } from '../../api/context.ts';
import { withDeadline } from '../../api/temporal/client.ts';
import { type ChangedMembers, ticketsToRecheck } from '../../api/tracking/assign.service.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { membersChanged } from '../../workflows/ticket/messages.ts';
import { eachAtOnce } from '../at-once.ts';
import type { Page } from './pages.ts';

const pageSize = 100;
const atOnce = 8;

/** Signals these tickets' workflows to check their assignee again. `alive` is called after each. */
export const hintPage = (
  { temporal }: Pick<Context, 'temporal'>,
  numbers: string[],
  alive: (number: string) => void,
): Promise<void> =>
  eachAtOnce(atOnce, numbers, async (number) => {
    try {
      await withDeadline(temporal, () => temporal.workflow.getHandle(ticketWorkflowId(number)).signal(membersChanged));
    } catch (error) {
      // It has ended meanwhile and needs no signal. If it is lost, the reconciler finds out.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      log.info('ticket needs no signal, its workflow has ended', { number });
    }
    alive(number);
  });

/** Signals ticket workflows, page by page, to check their assignee again. */
export const hintTickets =
  (context: Pick<Context, 'orm' | 'temporal'>, changed: ChangedMembers): Page =>
  async (after, alive) => {
    const page = { after: String(after ?? ''), limit: pageSize };
    const numbers = await ticketsToRecheck(context.orm.em.fork(), changed, page);
    await hintPage(context, numbers, alive);
    return numbers.length < pageSize ? null : (numbers.at(-1) ?? null);
  };
