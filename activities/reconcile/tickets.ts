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

interface Both {
  row: TicketRow;
  state: TicketState;
  flow: KnownFlow;
}

/**
 * Puts one ticket right. The higher version wins, when an unbroken chain leads to it: PostgreSQL gets what it has lost
 * from the flow's history, and a flow that is lost or behind is started again from its row.
 */
export const createSettleTicket = ({ orm, log }: Pick<Context, 'orm' | 'log'>, flows: Flows) => {
  const rebuild = createRebuild(orm, flows);

  const restart = async ({ facts, token }: TicketRow, state: TicketState, why: string): Promise<Settled> => {
    await flows.restart({ ...ticketFlow(facts, state), token }, why);
    log.warn({ number: facts.number, version: state.version, why }, 'ticket flow started again from its row');
    return 'restarted';
  };

  const end = async (flow: KnownFlow, number: string): Promise<Settled> => {
    const why = `There is no ticket ${number} in the database: it was sent after the backup that the database was put back to, and is lost with its text. Its requester must send it again.`;
    await flows.end(flow, why);
    log.error({ number, runId: flow.runId, todo: 'Ask the requester to send it again.' }, why);
    return 'ended';
  };

  const fillRow = async ({ row, state, flow }: Both): Promise<Settled> => {
    try {
      const { state: newest, rebuilt } = await rebuild(row, state, flow);
      log.warn({ number: row.facts.number, from: state.version, to: newest.version }, 'ticket rebuilt from its flow');
      if (flow.status !== 'RUNNING' && newest.phase.at !== 'over')
        return await restart(row, newest, 'The flow had ended before its ticket.');
      return rebuilt > 0 ? 'rebuilt' : 'fine';
    } catch (error) {
      // An admin has ended this flow, and with it decided for the row.
      if (error instanceof Unmendable && flow.status !== 'RUNNING' && flow.status !== 'COMPLETED')
        return restart(row, state, 'The flow was ended, and its story does not fit the row.');
      throw error;
    }
  };

  const agree = async ({ row, state, flow }: Both, hasStopped: boolean): Promise<Settled> => {
    const isOver = state.phase.at === 'over';
    if (flow.status !== 'RUNNING') {
      if (isOver) return 'fine';
      if (flow.status === 'COMPLETED')
        throw new Unmendable('its flow has ended well, but the row says that the ticket is open');
      return restart(row, state, 'The flow had ended before its ticket.');
    }
    return isOver && hasStopped ? restart(row, state, 'The ticket is over, and its flow has not heard of it.') : 'fine';
  };

  /** `hasStopped`: the flow has been behind its row for so long that it will not hear of its last step any more. */
  return async (number: string, hasStopped: boolean): Promise<Settled> => {
    const workflowId = ticketWorkflowId(number);
    // The flow first: a row that is read after it can only be newer, as it is while the flow is being told.
    const flow = await flows.find(workflowId);
    const em = orm.em.fork();
    const row = await ticketRow(em, number);
    if (row === null) return flow?.status === 'RUNNING' ? end(flow, number) : 'fine';
    if ((await waitingIn(em, [workflowId])).has(workflowId)) return 'fine';
    const state = stateOfRow(row);
    if (flow === null) return state.phase.at === 'over' ? 'fine' : restart(row, state, 'Temporal has lost the flow.');
    if (flow.token !== row.token) {
      if (state.phase.at !== 'over')
        return restart(row, state, `The flow is of another ticket ${number}, before a restore.`);
      return flow.status === 'RUNNING' ? end(flow, number) : 'fine';
    }
    const both = { row, state, flow };
    if (flow.version === null) throw new Unmendable('its flow does not say which version it knows');
    if (flow.version > state.version) return fillRow(both);
    if (flow.version === state.version) return agree(both, hasStopped);
    if (flow.status !== 'RUNNING' && state.phase.at === 'over') return 'fine';
    if (flow.status === 'RUNNING' && !hasStopped) return 'fine';
    assertTold(row, flow.version, state.version);
    return restart(row, state, `The flow knows version ${flow.version}, and the row has version ${state.version}.`);
  };
};
