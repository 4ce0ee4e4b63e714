import type { Context } from '../../api/context.ts';
import { waitingIn } from '../../api/db/outbox/enqueue.ts';
import { type TicketRow, ticketRow } from '../../api/helpdesk/compare.service.ts';
import { ticketWorkflow } from '../../api/helpdesk/ticket-workflow.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import type { Tally } from '../../workflows/reconcile/messages.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { catchUpRow } from './catch-up.ts';
import { assertInTimeline, stateOfRow } from './row.ts';
import { Unmendable } from './unmendable.ts';
import type { KnownWorkflow, Workflows } from './workflows.ts';

type Settled = Exclude<keyof Tally, 'checked' | 'hinted' | 'unresolved'> | 'fine';

/** A ticket in PostgreSQL and in Temporal. */
interface Sides<Workflow> {
  row: TicketRow;
  state: TicketState;
  workflow: Workflow;
}

/** Whether an admin terminated or cancelled the workflow. Then the row counts. */
const wasEndedByHand = ({ status }: KnownWorkflow): boolean => status !== 'RUNNING' && status !== 'COMPLETED';

const lostWithItsText = (number: string): string =>
  `There is no ticket ${number} in the database: it was submitted after the backup that was restored, so its text is lost. Ask its requester to submit it again.`;

/**
 * Repairs one ticket. The higher version wins: a row that is behind takes its workflow's state; a workflow that is lost or
 * behind is started again from its row.
 */
export const createSettleTicket = ({ orm, log }: Pick<Context, 'orm' | 'log'>, workflows: Workflows) => {
  const restart = async ({ row, state, workflow }: Sides<KnownWorkflow | null>, why: string): Promise<Settled> => {
    const { facts, token } = row;
    await workflows.replace(workflow, { ...ticketWorkflow(facts, state), token }, why);
    log.warn({ number: facts.number, version: state.version, why }, 'ticket workflow started again from its row');
    return 'restarted';
  };

  const endIfRunning = async (workflow: KnownWorkflow | null, why: string): Promise<Settled> => {
    if (workflow?.status !== 'RUNNING') return 'fine';
    await workflows.end(workflow, why);
    log.error(
      { workflowId: workflow.workflowId, runId: workflow.runId, why },
      'ended a workflow whose ticket is not in the database',
    );
    return 'ended';
  };

  /** The workflow's state; null when an admin has ended it and Temporal no longer has the state. */
  const stateToTake = async (workflow: KnownWorkflow): Promise<TicketState | null> => {
    try {
      return await workflows.stateOf(workflow);
    } catch (error) {
      if (error instanceof Unmendable && wasEndedByHand(workflow)) return null;
      throw error;
    }
  };

  const catchUp = async (sides: Sides<KnownWorkflow>): Promise<Settled> => {
    const { row, state, workflow } = sides;
    const { number } = row.facts;
    const newer = await stateToTake(workflow);
    if (newer === null) return restart(sides, 'The workflow was ended by hand, and its state is gone.');
    if (!(await catchUpRow(orm, number, newer, workflow.closedAt))) return 'fine';
    log.warn({ number, from: state.version, to: newer.version }, 'row was behind; ticket caught up with its workflow');
    if (workflow.status !== 'RUNNING' && newer.phase.at !== 'over')
      return restart({ ...sides, state: newer }, 'The workflow ended before its ticket.');
    return 'caughtUp';
  };

  /** Both sides have the same version. */
  const endTogether = async (sides: Sides<KnownWorkflow>, hasStopped: boolean): Promise<Settled> => {
    const { state, workflow } = sides;
    const isOver = state.phase.at === 'over';
    if (workflow.status === 'RUNNING')
      return isOver && hasStopped ? restart(sides, 'The ticket is over, but its workflow has not ended.') : 'fine';
    if (isOver) return 'fine';
    if (workflow.status === 'COMPLETED')
      throw new Unmendable('its workflow has completed, but the row says that the ticket is open');
    return restart(sides, 'The workflow ended before its ticket.');
  };

  const settle = async (sides: Sides<KnownWorkflow>, hasStopped: boolean): Promise<Settled> => {
    const { row, state, workflow } = sides;
    if (workflow.version === null) {
      if (wasEndedByHand(workflow))
        return restart(sides, 'The workflow was ended by hand, and its version is unknown.');
      throw new Unmendable('its workflow has no version among its search attributes');
    }
    if (workflow.version > state.version) return catchUp(sides);
    if (workflow.version === state.version) return endTogether(sides, hasStopped);
    if (workflow.status === 'RUNNING' ? !hasStopped : state.phase.at === 'over') return 'fine';
    assertInTimeline(row);
    return restart(sides, `The workflow has version ${workflow.version}, and the row has version ${state.version}.`);
  };

  /** `hasStopped`: the workflow has been behind its row for so long that it will not catch up by itself. */
  return async (number: string, hasStopped: boolean): Promise<Settled> => {
    const workflowId = ticketWorkflowId(number);
    // Read the workflow first. The row can then only be newer, as it is while a change is being recorded.
    const workflow = await workflows.find(workflowId);
    const em = orm.em.fork();
    const row = await ticketRow(em, number);
    if (row === null) return endIfRunning(workflow, lostWithItsText(number));
    if ((await waitingIn(em, [workflowId])).has(workflowId)) return 'fine';
    const state = stateOfRow(row);
    const isOver = state.phase.at === 'over';
    if (workflow !== null && workflow.token === row.token) return settle({ row, state, workflow }, hasStopped);
    const why = workflow
      ? `This workflow belongs to another ticket ${number}, from before a backup of the database was restored.`
      : 'Temporal has lost the workflow.';
    return isOver ? endIfRunning(workflow, why) : restart({ row, state, workflow }, why);
  };
};
