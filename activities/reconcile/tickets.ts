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

/** The two sides of a ticket. */
interface Sides<Workflow> {
  row: TicketRow;
  state: TicketState;
  workflow: Workflow;
}

/** Not by itself, with its ticket: an admin has decided for the row, where the workflow has nothing more to say. */
const wasEndedByHand = ({ status }: KnownWorkflow): boolean => status !== 'RUNNING' && status !== 'COMPLETED';

const lostWithItsText = (number: string): string =>
  `There is no ticket ${number} in the database: it was sent after the backup that the database was put back to, and is lost with its text. Its requester must send it again.`;

/**
 * Puts one ticket right. The higher version wins: a row that is behind takes its workflow's state, and a workflow that is
 * lost or behind is started again from its row.
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
      'workflow ended, its ticket is not in the database',
    );
    return 'ended';
  };

  /** What the workflow remembers; null when it does not say so any more, and an admin has ended it. */
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
    if (newer === null) return restart(sides, 'The workflow was ended, and does not say how its ticket stood.');
    if (!(await catchUpRow(orm, number, newer, workflow.closedAt))) return 'fine';
    log.warn({ number, from: state.version, to: newer.version }, 'ticket has taken the state of its workflow');
    if (workflow.status !== 'RUNNING' && newer.phase.at !== 'over')
      return restart({ ...sides, state: newer }, 'The workflow had ended before its ticket.');
    return 'caughtUp';
  };

  /** Both know the same version. */
  const endTogether = async (sides: Sides<KnownWorkflow>, hasStopped: boolean): Promise<Settled> => {
    const { state, workflow } = sides;
    const isOver = state.phase.at === 'over';
    if (workflow.status === 'RUNNING')
      return isOver && hasStopped ? restart(sides, 'The ticket is over, and its workflow has not ended.') : 'fine';
    if (isOver) return 'fine';
    if (workflow.status === 'COMPLETED')
      throw new Unmendable('its workflow has ended well, but the row says that the ticket is open');
    return restart(sides, 'The workflow had ended before its ticket.');
  };

  const settle = async (sides: Sides<KnownWorkflow>, hasStopped: boolean): Promise<Settled> => {
    const { row, state, workflow } = sides;
    if (workflow.version === null) {
      if (wasEndedByHand(workflow))
        return restart(sides, 'The workflow was ended, and did not say which version it knew.');
      throw new Unmendable('its workflow does not say which version it knows');
    }
    if (workflow.version > state.version) return catchUp(sides);
    if (workflow.version === state.version) return endTogether(sides, hasStopped);
    if (workflow.status === 'RUNNING' ? !hasStopped : state.phase.at === 'over') return 'fine';
    assertInTimeline(row);
    return restart(sides, `The workflow knows version ${workflow.version}, and the row has version ${state.version}.`);
  };

  /** `hasStopped`: the workflow has been behind its row for so long that it will not hear of its last step any more. */
  return async (number: string, hasStopped: boolean): Promise<Settled> => {
    const workflowId = ticketWorkflowId(number);
    // The workflow first: a row that is read after it can only be newer, as it is while the workflow is being told.
    const workflow = await workflows.find(workflowId);
    const em = orm.em.fork();
    const row = await ticketRow(em, number);
    if (row === null) return endIfRunning(workflow, lostWithItsText(number));
    if ((await waitingIn(em, [workflowId])).has(workflowId)) return 'fine';
    const state = stateOfRow(row);
    const isOver = state.phase.at === 'over';
    if (workflow !== null && workflow.token === row.token) return settle({ row, state, workflow }, hasStopped);
    const why = workflow
      ? `Before the database was put back to a backup, this was another ticket ${number}.`
      : 'Temporal has lost the workflow.';
    return isOver ? endIfRunning(workflow, why) : restart({ row, state, workflow }, why);
  };
};
