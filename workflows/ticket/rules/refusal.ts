import type { Phase } from './state.ts';
import type { System } from './words.ts';

/** Why a command is not carried out, as a sentence for its sender. */
export interface Refusal {
  /** `stale`: the sender saw another version. `forbidden`: this person may not. `notAllowed`: nobody may now. */
  type: 'stale' | 'notAllowed' | 'forbidden';
  why: string;
}

export const notAllowed = (why: string): Refusal => ({ type: 'notAllowed', why });
export const forbidden = (why: string): Refusal => ({ type: 'forbidden', why });
export const stale = (why: string): Refusal => ({ type: 'stale', why });

/** Where a ticket is, to end a refusal with. */
export const whereItIs: Record<Phase['at'], string> = {
  review: 'It waits for a coordinator.',
  unrouted: 'It waits for an admin to choose a workflow.',
  step: 'It is being worked on.',
  resolved: 'It is resolved and waits for the requester.',
  over: 'It is over.',
};

/** Why a ticket cannot be reviewed; null while it waits for that. */
export const notInReview = ({ at }: Phase): string | null =>
  at === 'review' ? null : `This ticket has been reviewed already. ${whereItIs[at]}`;

// The sentences used in more than one place. A sentence that only one command uses is in its declaration.
export const sentences = {
  over: 'This ticket is over.',
  pageIsOld: 'The ticket has changed since this page was loaded. Look at it again, then decide.',
  changedMeanwhile: 'The ticket has changed meanwhile. Look at it again, then decide.',
  somebodyElseActs: 'Somebody else has just acted on this ticket. Look at it again.',
  onlyRequester: 'Only the person who sent the ticket can do this.',
  ownTicket: 'You sent this ticket, so somebody else must decide about it.',
  noAccount: 'This account may not sign in any more.',
  noteMissing: 'This needs a note. Say in a sentence what you did or why.',
  noNoteHere: 'This takes no note. Send it without one.',
  noteIsGone: 'What you said with it is not there any more. Say it again.',
  noSuchDefinition: 'There is no such workflow. Choose one of the list.',
  partyOnly: ({ system, role }: { system: System; role: string | null }, roleName: (key: string) => string): string =>
    `This is for ${role === null ? 'every role' : roleName(role)} of ${system.toUpperCase()}. Your account has no such role.`,
  stepOfRole: (role: string): string => `This step belongs to the role ${role}, which you do not have.`,
  noSuchVersion: (version: number): string => `The ticket has no version ${version}. Load it again.`,
  notWhole: (kind: string): string => `This is not a whole command to ${kind} a ticket.`,
} as const;
