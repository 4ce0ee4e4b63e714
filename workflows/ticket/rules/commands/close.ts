import { close as closed } from '../change.ts';
import { defineCommand } from '../command.ts';
import { whereItIs } from '../refusal.ts';

/** The requester confirms that it is done. */
export const close = defineCommand({
  kind: 'close',
  title: 'Close a resolved ticket of your own',
  at: 'helpdesk/tickets',
  input: {},
  note: null,
  may: 'requester',
  refusal({ facts, state: { phase } }, _input, actorId) {
    if (actorId !== facts.requesterId) return 'Only the person who sent the ticket can close it.';
    return phase.at === 'resolved' ? null : `Only a resolved ticket can be closed. ${whereItIs[phase.at]}`;
  },
  apply: ({ state }, _input, { changeId }) => closed(state, changeId, 'requester'),
  summary: () => 'Closed by the requester',
});
