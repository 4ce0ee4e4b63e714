import { end } from '../change.ts';
import { defineCommand } from '../command.ts';
import { whereItIs } from '../refusal.ts';

/** A coordinator rejects a new ticket. */
export const reject = defineCommand({
  kind: 'reject',
  title: 'Reject a new ticket',
  at: 'helpdesk/tickets',
  input: {},
  note: 'reason',
  may: 'coordinator',
  refusal: ({ state: { phase } }) =>
    phase.at === 'review' ? null : `This ticket has been reviewed already. ${whereItIs[phase.at]}`,
  apply: ({ state }, _input, { changeId }) =>
    end(state, changeId, {
      status: 'rejected',
      event: { kind: 'refused' },
      notify: [{ to: 'requester', about: 'rejected' }],
    }),
  summary: () => 'Rejected by a coordinator',
});
