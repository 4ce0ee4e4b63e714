import type { EntryFact, VisitFact } from './facts.ts';

// Where an older backup was put back, the database no longer says what came after it, and says that it does not. Whoever
// put it back knows: with that the checker has the whole history of a ticket.

const inOrder = (a: EntryFact, b: EntryFact): number =>
  a.number === b.number ? a.version - b.version || a.ordinal - b.ordinal : a.number < b.number ? -1 : 1;

/** The timelines with what was lost, in the place of the entry that stands for it. */
export const withLostEntries = (found: readonly EntryFact[], lost: readonly EntryFact[]): EntryFact[] => {
  const versions = new Set(lost.map(({ number, version }) => `${number} ${version}`));
  const standsForLost = ({ kind, number, version }: EntryFact): boolean =>
    kind === 'caught_up' && versions.has(`${number} ${version}`);
  return [...found.filter((entry) => !standsForLost(entry)), ...lost].toSorted(inOrder);
};

/** The visits with those that had ended before the backup was put back, and how they had. */
export const withLostVisits = (found: readonly VisitFact[], lost: readonly VisitFact[]): VisitFact[] => {
  const all = new Map([...found, ...lost].map((visit) => [`${visit.number} ${visit.visit}`, visit]));
  return [...all.values()].toSorted((a, b) =>
    a.number === b.number ? a.visit - b.visit : a.number < b.number ? -1 : 1,
  );
};
