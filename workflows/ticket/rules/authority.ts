import type { AnyCommand, Names } from './command.ts';
import { type Definition, stepOf } from './definition.ts';
import { forbidden, type Refusal, sentences } from './refusal.ts';
import type { TicketFacts, TicketState } from './state.ts';
import type { System } from './words.ts';

/** Who may send a command: people with the role in the system (null: any) and this relation to the ticket. */
export interface Party {
  system: System | null;
  role: string | null;
  /** The relation to the ticket, if one is required. */
  be?: 'requester' | 'inStepRole';
  /** Decides about the ticket, so its requester may not do it. */
  decides?: true;
}

export const parties = {
  coordinator: { system: 'hdts', role: 'ticket_coordinator', decides: true },
  /** Everybody with an account can be one. */
  requester: { system: null, role: null, be: 'requester' },
  /** Everybody with the role of the current step. The command itself checks whether they are the assignee. */
  inStepRole: { system: 'tts', role: null, be: 'inStepRole', decides: true },
  admin: { system: 'tts', role: 'admin', decides: true },
} as const satisfies Record<string, Party>;
export type PartyName = keyof typeof parties;

/** Somebody who wants to send a command. */
export interface Actor {
  id: number;
  /** Whether the person has the role in the system now; null means any role. */
  has(system: System, role: string | null): boolean;
}

/** The ticket, as far as it matters to who may do what. */
export interface Target {
  facts: Pick<TicketFacts, 'requesterId'>;
  state: Pick<TicketState, 'phase'>;
  /** The pinned definition; null when there is none. Only needed when the sender is the requester. */
  definition: Definition | null;
}

/** Whether a requester may decide about the own ticket: only on a step whose definition says so. */
export const requesterMayAct = ({ phase }: Pick<TicketState, 'phase'>, definition: Definition | null): boolean =>
  phase.at === 'step' && definition !== null && stepOf(definition, phase.step).requesterMayAct === true;

/**
 * Why this person may not send this command to this ticket; null when they may. The API checks it, and the transaction that
 * records the change checks it again: a role may have been revoked since, or the command was sent to the workflow by hand.
 */
export const whyMayNot = (
  { may }: AnyCommand,
  actor: Actor,
  { facts, state, definition }: Target,
  names: Names,
): Refusal | null => {
  const party: Party = parties[may];
  const { phase } = state;
  const { system, role } = party;
  if (system !== null && !actor.has(system, role)) return forbidden(sentences.partyOnly({ system, role }, names.role));
  if (party.be === 'requester' && actor.id !== facts.requesterId) return forbidden(sentences.onlyRequester);
  if (party.be === 'inStepRole' && phase.at === 'step' && !actor.has('tts', phase.roleKey))
    return forbidden(sentences.stepOfRole(names.role(phase.roleKey)));
  if (party.decides && actor.id === facts.requesterId && !requesterMayAct(state, definition))
    return forbidden(sentences.ownTicket);
  return null;
};
