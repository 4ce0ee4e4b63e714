import type { TicketRow } from '../../api/helpdesk/compare.service.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { ticketState } from './state.schema.ts';
import { Unmendable } from './unmendable.ts';

const restoreIt = 'Put the ticket’s rows back from a backup, then look again.';

/** What the row says of the ticket. @throws Unmendable when it contradicts itself: then nobody may go on from it. */
export const stateOfRow = ({ workflow, version, status, told }: TicketRow): TicketState => {
  const read = ticketState.safeParse(workflow);
  if (!read.success) throw new Unmendable('the state that its row keeps for the workflow is not whole', restoreIt);
  const state = read.data;
  if (state.version !== version || state.status !== status)
    throw new Unmendable(
      `its row says version ${version}, ${status}, and the state in it version ${state.version}, ${state.status}`,
      restoreIt,
    );
  const last = told.at(-1) ?? 0;
  if (last > version)
    throw new Unmendable(`its row has version ${version}, and its timeline goes on to ${last}`, restoreIt);
  return state;
};

/** @throws Unmendable when the timeline does not tell of each version after `from`: then the row did not grow to it. */
export const assertTold = ({ told }: TicketRow, from: number, to: number): void => {
  const known = new Set(told);
  for (let version = from + 1; version <= to; version += 1)
    if (!known.has(version)) throw new Unmendable(`its timeline does not tell of version ${version}`, restoreIt);
};
