import type { TicketRow } from '../../api/helpdesk/compare.service.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { stateFrom } from './state.schema.ts';
import { Unmendable } from './unmendable.ts';

const restoreIt = 'Put the ticket’s rows back from a backup, then look again.';

/** What the row says of the ticket. @throws Unmendable when it contradicts itself: then nobody may go on from it. */
export const stateOfRow = ({ workflowState, version, status, lastEntry }: TicketRow): TicketState => {
  const state = stateFrom(workflowState);
  if (!state) throw new Unmendable('the state that its row keeps for the workflow is not whole', restoreIt);
  if (state.version !== version || state.status !== status)
    throw new Unmendable(
      `its row says version ${version}, ${status}, and the state in it version ${state.version}, ${state.status}`,
      restoreIt,
    );
  if (lastEntry > version)
    throw new Unmendable(`its row has version ${version}, and its timeline goes on to ${lastEntry}`, restoreIt);
  return state;
};

/** @throws Unmendable when the timeline says nothing of the row's version: then the ticket did not come to it by itself. */
export const assertInTimeline = ({ lastEntry, version }: TicketRow): void => {
  if (lastEntry < version)
    throw new Unmendable(`its row has version ${version}, and its timeline ends with ${lastEntry}`, restoreIt);
};
