import { nextVersion, stepPhase } from '../change.ts';
import { defineCommand } from '../command.ts';
import { whereItIs } from '../refusal.ts';

/** A member of the step's role takes the step over, from a colleague or from nobody. */
export const take = defineCommand({
  kind: 'take',
  title: 'Take a step over',
  at: 'tracking/tasks',
  input: {},
  note: null,
  may: 'inStepRole',
  refusal({ state: { phase } }, _input, actorId) {
    if (phase.at !== 'step') return `There is no step to take. ${whereItIs[phase.at]}`;
    return phase.assigneeId === actorId ? 'You hold this step already.' : null;
  },
  choices({ state: { phase }, names }) {
    if (phase.at !== 'step') return [];
    const leadsTo = `You get this step${names.assignee === null ? '' : ` from ${names.assignee}`}`;
    return [{ key: 'take', name: 'Take over', direction: 'take', leadsTo, note: 'none', noteFor: 'staff', input: {} }];
  },
  apply: ({ state, actorId }, _input, { changeId }) => ({
    state: {
      ...nextVersion(state, changeId),
      phase: { ...stepPhase(state), assigneeId: actorId, onlyRequester: false },
    },
    events: [{ kind: 'taken' }],
    notify: [{ to: 'formerAssignee', about: 'taken' }],
  }),
  summary: (_change, _input, actorId) => `Taken over by user ${actorId}`,
});
