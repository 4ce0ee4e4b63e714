import { end } from '../change.ts';
import { defineCommand } from '../command.ts';
import { sentences } from '../refusal.ts';

/** The requester no longer needs it. */
export const withdraw = defineCommand({
  kind: 'withdraw',
  title: 'Withdraw a ticket of your own',
  at: 'helpdesk/tickets',
  input: {},
  note: 'reason',
  may: 'requester',
  refusal({ facts, state: { phase } }, _input, actorId) {
    if (actorId !== facts.requesterId) return 'Only the person who sent the ticket can withdraw it.';
    if (phase.at === 'resolved') return 'It is done already. Close it instead.';
    return phase.at === 'over' ? sentences.over : null;
  },
  apply: ({ state }, _input, { changeId }) =>
    end(state, changeId, {
      status: 'withdrawn',
      event: { kind: 'withdrawn' },
      notify: [{ to: 'formerAssignee', about: 'withdrawn' }],
    }),
  summary: () => 'Withdrawn by the requester',
});
