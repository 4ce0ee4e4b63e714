import { type Change, close, nextVersion, stepPhase } from './change.ts';
import type { TicketState } from './state.ts';

// Changes that a ticket workflow makes by itself. The id of such a change consists of its reason and version.

const changeIdOf = (reason: string, { version }: TicketState): string => `${reason}:v${version + 1}`;

/** Chooses an assignee again, because the old one left the role or there was none. The timeline shows only the result. */
export const reassign = (state: TicketState): Change => ({
  state: {
    ...nextVersion(state, changeIdOf('members', state)),
    phase: { ...stepPhase(state), assigneeId: null, onlyRequester: false },
  },
  events: [],
  notify: [{ to: 'assignee', about: 'assigned' }],
});

/** The deadline of the step has passed. */
export const markOverdue = (state: TicketState): Change => ({
  state: { ...nextVersion(state, changeIdOf('overdue', state)), phase: { ...stepPhase(state), overdue: true } },
  events: [{ kind: 'overdue' }],
  notify: [{ to: 'assignee', about: 'overdue' }],
});

/** The requester has not answered in time, so the resolved ticket closes. */
export const closeByTime = (state: TicketState): Change => close(state, changeIdOf('closed', state), 'time');
