import { type Change, close, nextVersion, stepPhase } from './change.ts';
import type { TicketState } from './state.ts';

// What a ticket workflow does by itself, without a command. The id of such a change is made of its reason and version.

const changeIdOf = (reason: string, { version }: TicketState): string => `${reason}:v${version + 1}`;

/** The assignee has left the role, or there was none: choose again. The timeline tells only what came of it. */
export const reassign = (state: TicketState): Change => ({
  state: {
    ...nextVersion(state, changeIdOf('members', state)),
    phase: { ...stepPhase(state), assigneeId: null },
  },
  events: [],
  notify: [{ to: 'assignee', about: 'assigned' }],
});

/** The time for the step is over. */
export const markOverdue = (state: TicketState): Change => ({
  state: { ...nextVersion(state, changeIdOf('overdue', state)), phase: { ...stepPhase(state), overdue: true } },
  events: [{ kind: 'overdue' }],
  notify: [{ to: 'assignee', about: 'overdue' }],
});

/** The requester has said nothing for as long as a resolved ticket waits. */
export const closeByTime = (state: TicketState): Change => close(state, changeIdOf('closed', state), 'time');
