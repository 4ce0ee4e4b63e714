import type { TicketRow } from '../../api/helpdesk/compare.service.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { stateFrom } from './state.schema.ts';
import { Unmendable } from './unmendable.ts';

const restoreIt = 'Restore the ticket’s rows from a backup; the reconciler checks them again by itself.';

/** The ticket's state from its row. @throws Unmendable when the row contradicts itself, because no workflow may resume from it. */
export const stateOfRow = ({ workflowState, version, status, lastEntry }: TicketRow): TicketState => {
  const state = stateFrom(workflowState);
  if (!state) throw new Unmendable('the workflow state in its row is incomplete', restoreIt);
  if (state.version !== version || state.status !== status)
    throw new Unmendable(
      `its row says version ${version}, ${status}, and the state in it version ${state.version}, ${state.status}`,
      restoreIt,
    );
  if (lastEntry > version)
    throw new Unmendable(`its row has version ${version}, and its timeline goes on to ${lastEntry}`, restoreIt);
  return state;
};

/** @throws Unmendable when the timeline has no entry for the row's version: somebody has changed the row by hand. */
export const assertInTimeline = ({ lastEntry, version }: TicketRow): void => {
  if (lastEntry < version)
    throw new Unmendable(`its row has version ${version}, and its timeline ends with ${lastEntry}`, restoreIt);
};
