import type { Pinned } from './rules/change.ts';
import { stepOf } from './rules/definition.ts';
import { readableRole } from './rules/role-key.ts';
import type { TicketFacts, TicketState } from './rules/state.ts';
import { spoken } from './rules/words.ts';

/** The text about a ticket in Temporal Web, for admins. It has no names or texts of people. */
export const detailsOf = (facts: TicketFacts, state: TicketState, pinned: Pinned | null): string => {
  const { phase, status, priority, version } = state;
  const kind = [spoken(facts.category), priority && `${priority} priority`].filter(Boolean).join(', ');
  const step = phase.at === 'step' && pinned ? stepOf(pinned.definition, phase.step).name : null;
  return `**${facts.number}** (${kind}) is **${spoken(status)}**, version ${version}.\n\n${sentence(state, step)}`;
};

const when = (instant: number): string => new Date(instant).toISOString();

const sentence = ({ phase }: TicketState, step: string | null): string => {
  switch (phase.at) {
    case 'review':
      return 'It waits for a coordinator to open or reject it.';
    case 'unrouted':
      return 'No published workflow matches. It waits for an admin to choose one.';
    case 'step': {
      const role = readableRole(phase.roleKey);
      if (phase.assigneeId === null)
        return phase.onlyRequester
          ? `Step ${step} waits: only the requester is ${role}, and nobody decides about their own ticket.`
          : `Step ${step} waits: no ${role} is active. The first member of the role gets it.`;
      return `Step ${step} is with user ${phase.assigneeId} (${role}), due ${when(phase.dueAt)}${phase.overdue ? ', overdue' : ''}.`;
    }
    case 'resolved':
      return `It waits for the requester and closes by itself at ${when(phase.closesAt)}.`;
    case 'over':
      return 'It is over.';
  }
};
