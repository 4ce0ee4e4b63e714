import { enterStep, nextVersion, whereTo } from '../change.ts';
import { defineCommand } from '../command.ts';
import { publishedVersion } from '../input.ts';
import { whereItIs } from '../refusal.ts';

/** An admin chooses the workflow definition for an unrouted ticket. */
export const route = defineCommand({
  kind: 'route',
  title: 'Choose a workflow for an unrouted ticket',
  at: 'tracking/tasks',
  input: {
    /** A version from the list of published definitions. */
    workflowVersionId: publishedVersion,
  },
  note: null,
  may: 'admin',
  pins: ({ workflowVersionId }) => ({ workflowVersionId }),
  refusal: ({ state: { phase } }) =>
    phase.at === 'unrouted' ? null : `This ticket has its workflow. ${whereItIs[phase.at]}`,
  apply({ state, pinned }, _input, { now, changeId }) {
    if (pinned === null) throw new Error('A ticket is routed to a definition');
    const entered = enterStep(nextVersion(state, changeId), pinned, pinned.definition.start, now);
    return { ...entered, events: [{ kind: 'routed' }, ...entered.events] };
  },
  summary: (change) => `Workflow chosen by an admin: ${whereTo(change)}`,
});
