import { type Change, enterStep, nextVersion, resolve, stepPhase, type TicketEvent, whereTo } from '../change.ts';
import { defineCommand } from '../command.ts';
import { noteReaderOf, noteRuleOf, roleOf, stepOf, type Transition } from '../definition.ts';
import { key } from '../input.ts';
import { whereItIs } from '../refusal.ts';

/** The assignee leaves the step by one of its transitions. */
export const act = defineCommand({
  kind: 'act',
  title: 'Act on the step you hold',
  at: 'tracking/tasks',
  input: {
    /** The key of a transition of the current step. */
    transition: key,
  },
  note: 'note',
  noteRule({ state: { phase }, definition }, { transition }) {
    if (phase.at !== 'step' || definition === null) return 'optional';
    const taken = stepOf(definition, phase.step).transitions.find((candidate) => candidate.key === transition);
    return taken ? noteRuleOf(taken) : 'optional';
  },
  may: 'inStepRole',
  refusal({ state: { phase }, definition, names }, { transition }, actorId) {
    if (phase.at !== 'step' || definition === null) return `There is no step to act on. ${whereItIs[phase.at]}`;
    const step = stepOf(definition, phase.step);
    if (!step.transitions.some((candidate) => candidate.key === transition))
      return `The step ${step.name} has no such action.`;
    const role = names.role(phase.roleKey);
    if (phase.assigneeId === null)
      return phase.onlyRequester
        ? `Only the requester is ${role}. Whoever else joins the role gets it.`
        : `No ${role} is active yet. Whoever joins the role gets it.`;
    if (phase.assigneeId === actorId) return null;
    return `${names.assignee ?? `Another ${role}`} holds this step. Take it over to act on it.`;
  },
  choices({ state: { phase, department }, definition, names }) {
    if (phase.at !== 'step' || definition === null) return [];
    const leadsTo = ({ to, direction }: Transition): string => {
      const target = definition.steps.find((step) => step.key === to);
      if (!target || department === null) return 'The ticket is resolved; the requester is asked to confirm';
      const verb = direction === 'back' ? 'Goes back to' : 'Goes to';
      return `${verb} ${target.name} (${names.role(roleOf(target, department))})`;
    };
    return stepOf(definition, phase.step).transitions.map((transition) => {
      const { key: transitionKey, name, direction } = transition;
      return {
        key: transitionKey,
        name,
        direction,
        leadsTo: leadsTo(transition),
        note: noteRuleOf(transition),
        noteFor: noteReaderOf(transition),
        input: { transition: transitionKey },
      };
    });
  },
  apply({ state, pinned }, { transition: transitionKey }, moment): Change {
    if (pinned === null) throw new Error('Only a ticket with a definition can be acted on');
    const step = stepOf(pinned.definition, stepPhase(state).step);
    const transition = step.transitions.find((candidate) => candidate.key === transitionKey);
    if (!transition) throw new Error(`The step ${step.key} has no transition ${transitionKey}`);
    const { name, direction, to } = transition;
    const noteFor = noteReaderOf(transition);
    const done: TicketEvent = { kind: 'step_done', step: step.name, transition: name, direction, noteFor };
    if (to === null) {
      const resolved = resolve(state, moment);
      return { ...resolved, events: [done, ...resolved.events] };
    }
    const entered = enterStep(
      { ...nextVersion(state, moment.changeId), status: 'in_progress' },
      pinned,
      to,
      moment.now,
    );
    const begins = state.status !== 'in_progress';
    return {
      state: entered.state,
      events: [done, ...entered.events],
      notify: [
        ...(begins ? [{ to: 'requester', about: 'in_progress' } as const] : []),
        { to: 'assignee', about: direction === 'back' ? 'sent_back' : 'assigned' },
      ],
    };
  },
  summary(change, { transition }, actorId) {
    const done = change.events.find((event) => event.kind === 'step_done');
    const what = done ? `${done.transition} at ${done.step}` : transition;
    return `${what} by user ${actorId}: ${whereTo(change) ?? 'resolved'}`;
  },
});
