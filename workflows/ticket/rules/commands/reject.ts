import { end } from '../change.ts';
import { defineCommand } from '../command.ts';
import { notInReview } from '../refusal.ts';

/** A coordinator rejects a new ticket. */
export const reject = defineCommand({
  kind: 'reject',
  title: 'Reject a new ticket',
  at: 'helpdesk/tickets',
  input: {},
  note: 'reason',
  may: 'coordinator',
  refusal: ({ state: { phase } }) => notInReview(phase),
  apply: ({ state }, _input, { changeId }) =>
    end(state, changeId, {
      status: 'rejected',
      event: { kind: 'refused' },
      notify: [{ to: 'requester', about: 'rejected' }],
    }),
  summary: () => 'Rejected by a coordinator',
});
