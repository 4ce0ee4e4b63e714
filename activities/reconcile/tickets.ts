import type { Context } from '../../api/context.ts';
import { waitingIn } from '../../api/db/outbox.ts';
import { type TicketRow, ticketRow } from '../../api/helpdesk/compare.service.ts';
import { ticketFlow } from '../../api/helpdesk/ticket-flow.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import type { Tally } from '../../workflows/reconcile/messages.ts';
import type { TicketState } from '../../workflows/ticket/state.ts';
import type { Flows, KnownFlow } from './flows.ts';
import { createRebuild } from './rebuild.ts';
import { assertTold, stateOfRow } from './row.ts';
import { Unmendable } from './unmendable.ts';

type Settled = Exclude<keyof Tally, 'checked' | 'hinted' | 'unresolved'> | 'fine';

/** The two sides of a ticket. */
interface Sides<Flow> {
  row: TicketRow;
  state: TicketState;
  flow: Flow;
}

const lostWithItsText = (number: string): string =>
  `There is no ticket ${number} in the database: it was sent after the backup that the database was put back to, and is lost with its text. Its requester must send it again.`;

/**
 * Puts one ticket right. The higher version wins, when an unbroken chain leads to it: PostgreSQL gets what it has lost
 * from the flow's history, and a flow that is lost or behind is started again from its row.
 */
export const createSettleTicket = ({ orm, log }: Pick<Context, 'orm' | 'log'>, flows: Flows) => {
  const rebuild = createRebuild(orm, flows);

  const restart = async ({ row, state, flow }: Sides<KnownFlow | null>, why: string): Promise<Settled> => {
    const { facts, token } = row;
    await flows.replace(flow, { ...ticketFlow(facts, state), token }, why);
    log.warn({ number: facts.number, version: state.version, why }, 'ticket flow started again from its row');
    return 'restarted';
  };

  const endIfRunning = async (flow: KnownFlow | null, why: string): Promise<Settled> => {
    if (flow?.status !== 'RUNNING') return 'fine';
    await flows.end(flow, why);
    log.error({ workflowId: flow.workflowId, runId: flow.runId, why }, 'flow ended, its ticket is not in the database');
    return 'ended';
  };

  const fillRow = async (sides: Sides<KnownFlow>): Promise<Settled> => {
    const { row, state, flow } = sides;
    try {
      const newest = await rebuild(row, state, flow);
      log.warn({ number: row.facts.number, from: state.version, to: newest.version }, 'ticket rebuilt from its flow');
      if (flow.status !== 'RUNNING' && newest.phase.at !== 'over')
        return await restart({ ...sides, state: newest }, 'The flow had ended before its ticket.');
      return 'rebuilt';
    } catch (error) {
      // An admin has ended this flow, and with it decided for the row.
      if (error instanceof Unmendable && flow.status !== 'RUNNING' && flow.status !== 'COMPLETED')
        return restart(sides, 'The flow was ended, and its story does not fit the row.');
      throw error;
    }
  };

  /** Both know the same version. */
  const endTogether = async (sides: Sides<KnownFlow>, hasStopped: boolean): Promise<Settled> => {
    const { state, flow } = sides;
    const isOver = state.phase.at === 'over';
    if (flow.status === 'RUNNING')
      return isOver && hasStopped ? restart(sides, 'The ticket is over, and its flow has not ended.') : 'fine';
    if (isOver) return 'fine';
    if (flow.status === 'COMPLETED')
      throw new Unmendable('its flow has ended well, but the row says that the ticket is open');
    return restart(sides, 'The flow had ended before its ticket.');
  };

  const settle = async (sides: Sides<KnownFlow>, hasStopped: boolean): Promise<Settled> => {
    const { row, state, flow } = sides;
    if (flow.version === null) throw new Unmendable('its flow does not say which version it knows');
    if (flow.version > state.version) return fillRow(sides);
    if (flow.version === state.version) return endTogether(sides, hasStopped);
    if (flow.status === 'RUNNING' ? !hasStopped : state.phase.at === 'over') return 'fine';
    assertTold(row, flow.version, state.version);
    return restart(sides, `The flow knows version ${flow.version}, and the row has version ${state.version}.`);
  };

  /** `hasStopped`: the flow has been behind its row for so long that it will not hear of its last step any more. */
  return async (number: string, hasStopped: boolean): Promise<Settled> => {
    const workflowId = ticketWorkflowId(number);
    // The flow first: a row that is read after it can only be newer, as it is while the flow is being told.
    const flow = await flows.find(workflowId);
    const em = orm.em.fork();
    const row = await ticketRow(em, number);
    if (row === null) return endIfRunning(flow, lostWithItsText(number));
    if ((await waitingIn(em, [workflowId])).has(workflowId)) return 'fine';
    const state = stateOfRow(row);
    const isOver = state.phase.at === 'over';
    if (flow !== null && flow.token === row.token) return settle({ row, state, flow }, hasStopped);
    const why = flow
      ? `Before the database was put back to a backup, this was another ticket ${number}.`
      : 'Temporal has lost the flow.';
    return isOver ? endIfRunning(flow, why) : restart({ row, state, flow }, why);
  };
};
