import type { Command } from './commands.ts';
import { type Definition, stepOf } from './definition.ts';
import { readableRole } from './role-key.ts';
import type { Phase, TicketFacts, TicketState } from './state.ts';

// What may happen to a ticket, and why not. Pure: the workflow refuses by it, the API and the screens explain by it.

export interface Refusal {
  /** `forbidden` only where roles are known: the workflow does not know them. */
  type: 'stale' | 'notAllowed' | 'forbidden';
  why: string;
}

type Unversioned<Kind> = Kind extends Command ? Pick<Kind, Exclude<keyof Kind, 'version' | 'noteId'>> : never;

/** A command before it is sent: what somebody could do now. */
export type Intention = Unversioned<Command>;

const notAllowed = (why: string): Refusal => ({ type: 'notAllowed', why });

const whereItIs: Record<Phase['at'], string> = {
  review: 'It waits for a coordinator.',
  unrouted: 'It waits for an admin to choose a workflow.',
  step: 'It is being worked on.',
  resolved: 'It is resolved and waits for the requester.',
  over: 'It is over.',
};

/**
 * Why this command is refused now, in a sentence for the person who sent it; null when it is not.
 * A command from a newer version than ours passes: then the workflow has lost its last step and catches up first.
 */
export const whyNot = (
  facts: TicketFacts,
  state: TicketState,
  definition: Definition | null,
  command: Command,
): Refusal | null => {
  if (command.version > state.version) return null;
  if (command.version < state.version)
    return { type: 'stale', why: 'The ticket has changed since this page was loaded. Look at it again, then decide.' };
  return whyNotNow(facts, state, definition, command);
};

/** As `whyNot`, for somebody who has just looked: the version plays no part. */
export const whyNotNow = (
  facts: TicketFacts,
  state: TicketState,
  definition: Definition | null,
  command: Intention,
): Refusal | null => {
  const { phase } = state;
  const actor = command.actorId;
  switch (command.kind) {
    case 'open':
    case 'reject':
      return phase.at === 'review' ? null : notAllowed(`This ticket has been reviewed already. ${whereItIs[phase.at]}`);
    case 'withdraw':
      if (actor !== facts.requesterId) return notAllowed('Only the person who sent the ticket can withdraw it.');
      if (phase.at === 'resolved') return notAllowed('It is done already. Close it instead.');
      return phase.at === 'over' ? notAllowed('This ticket is over.') : null;
    case 'close':
      if (actor !== facts.requesterId) return notAllowed('Only the person who sent the ticket can close it.');
      return phase.at === 'resolved'
        ? null
        : notAllowed(`Only a resolved ticket can be closed. ${whereItIs[phase.at]}`);
    case 'route':
      return phase.at === 'unrouted' ? null : notAllowed(`This ticket has its workflow. ${whereItIs[phase.at]}`);
    case 'take':
      if (phase.at !== 'step') return notAllowed(`There is no step to take. ${whereItIs[phase.at]}`);
      return phase.assigneeId === actor ? notAllowed('You hold this step already.') : null;
    case 'act':
      return whyNotAct(state, definition, actor, command.transition);
  }
};

const whyNotAct = (
  { phase }: TicketState,
  definition: Definition | null,
  actor: number,
  transition: string,
): Refusal | null => {
  if (phase.at !== 'step' || definition === null)
    return notAllowed(`There is no step to act on. ${whereItIs[phase.at]}`);
  const step = stepOf(definition, phase.step);
  if (!step.transitions.some((candidate) => candidate.key === transition))
    return notAllowed(`The step ${step.name} has no such action.`);
  if (phase.assigneeId === null)
    return notAllowed(`No ${readableRole(phase.role)} is active yet. Whoever joins the role gets it.`);
  return phase.assigneeId === actor
    ? null
    : notAllowed(`Another ${readableRole(phase.role)} holds this step. Take it over to act on it.`);
};
