import type { AnyCommand, Names } from './command.ts';
import { forbidden, type Refusal, sentences } from './refusal.ts';
import type { TicketFacts, TicketState } from './state.ts';
import type { System } from './words.ts';

/** Who may send a command: people with the role in the system (null: any) and this relation to the ticket. */
export interface Party {
  system: System | null;
  role: string | null;
  /** The relation to the ticket, if one is required. */
  be?: 'requester' | 'inStepRole';
}

export const parties = {
  coordinator: { system: 'hdts', role: 'ticket_coordinator' },
  /** Everybody with an account can be one. */
  requester: { system: null, role: null, be: 'requester' },
  /** Everybody with the role of the current step. The command itself checks whether they are the assignee. */
  inStepRole: { system: 'tts', role: null, be: 'inStepRole' },
  admin: { system: 'tts', role: 'admin' },
} as const satisfies Record<string, Party>;
export type PartyName = keyof typeof parties;

/** Somebody who wants to send a command. */
export interface Actor {
  id: number;
  /** Whether the person has the role in the system now; null means any role. */
  has(system: System, role: string | null): boolean;
}

/**
 * Why this person may not send this command to this ticket; null when they may. The API checks it, and the transaction that
 * records the change checks it again: a role may have been revoked since, or the command was sent to the workflow by hand.
 */
export const whyMayNot = (
  { may }: AnyCommand,
  actor: Actor,
  { facts, state }: { facts: Pick<TicketFacts, 'requesterId'>; state: Pick<TicketState, 'phase'> },
  names: Names,
): Refusal | null => {
  const party: Party = parties[may];
  const { phase } = state;
  const { system, role } = party;
  if (system !== null && !actor.has(system, role)) return forbidden(sentences.partyOnly({ system, role }, names.role));
  if (party.be === 'requester' && actor.id !== facts.requesterId) return forbidden(sentences.onlyRequester);
  if (party.be === 'inStepRole' && phase.at === 'step' && !actor.has('tts', phase.roleKey))
    return forbidden(sentences.stepOfRole(names.role(phase.roleKey)));
  return null;
};
