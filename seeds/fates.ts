/**
 * How far a seeded ticket gets. Most are named after its final status. `in_triage`, `in_resolve`, `sent_back` (to triage) and
 * `in_finalize` are named after the step where it waits.
 */
export const fates = [
  'new',
  'in_triage',
  'in_resolve',
  'sent_back',
  'in_finalize',
  'resolved',
  'closed',
  'rejected',
  'withdrawn',
  'withdrawn_late',
] as const;
export type Fate = (typeof fates)[number];

/** The next thing that happens to the ticket. A permitted person sends the command; on a step, its assignee. */
export type Move =
  | { kind: 'open' }
  | { kind: 'reject' }
  | { kind: 'withdraw' }
  | { kind: 'close' }
  | { kind: 'act'; step: string; transition: string; note: 'triage' | 'resolve' | 'sendBack' | 'finalize' };

const open: Move = { kind: 'open' };
const triage: Move = { kind: 'act', step: 'triage', transition: 'submit', note: 'triage' };
const resolve: Move = { kind: 'act', step: 'resolve', transition: 'approve', note: 'resolve' };
const sendBack: Move = { kind: 'act', step: 'resolve', transition: 'reject', note: 'sendBack' };
const finalize: Move = { kind: 'act', step: 'finalize', transition: 'finalize', note: 'finalize' };
const withdraw: Move = { kind: 'withdraw' };

/** The moves of each fate, in order. */
export const movesOf: Record<Fate, readonly Move[]> = {
  new: [],
  in_triage: [open],
  in_resolve: [open, triage],
  sent_back: [open, triage, sendBack],
  in_finalize: [open, triage, resolve],
  resolved: [open, triage, resolve, finalize],
  closed: [open, triage, resolve, finalize, { kind: 'close' }],
  rejected: [{ kind: 'reject' }],
  withdrawn: [withdraw],
  withdrawn_late: [open, triage, withdraw],
};

// How many of 25 tickets get each fate. Each 25 have the same mix in another order.
const times: Record<Fate, number> = {
  new: 4,
  in_triage: 4,
  in_resolve: 4,
  sent_back: 2,
  in_finalize: 2,
  resolved: 2,
  closed: 3,
  rejected: 2,
  withdrawn: 1,
  withdrawn_late: 1,
};
export const fateDeck: readonly Fate[] = fates.flatMap((fate) => Array<Fate>(times[fate]).fill(fate));
