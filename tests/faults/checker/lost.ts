import type { LineFact, VisitFact } from './facts.ts';

// Where an older backup was put back, the database no longer says what came after it, and says that it does not. Whoever
// put it back knows: with that the whole life of a ticket is judged.

const inOrder = (a: LineFact, b: LineFact): number =>
  a.number === b.number ? a.version - b.version || a.ordinal - b.ordinal : a.number < b.number ? -1 : 1;

/** The timelines with what was lost, in the place of the entry that stands for it. */
export const withLostLines = (found: readonly LineFact[], lost: readonly LineFact[]): LineFact[] => {
  const versions = new Set(lost.map(({ number, version }) => `${number} ${version}`));
  const standsForLost = ({ kind, number, version }: LineFact): boolean =>
    kind === 'caught_up' && versions.has(`${number} ${version}`);
  return [...found.filter((line) => !standsForLost(line)), ...lost].toSorted(inOrder);
};

/** The visits with those that had ended before the backup was put back, and how they had. */
export const withLostVisits = (found: readonly VisitFact[], lost: readonly VisitFact[]): VisitFact[] => {
  const all = new Map([...found, ...lost].map((visit) => [`${visit.number} ${visit.visit}`, visit]));
  return [...all.values()].toSorted((a, b) =>
    a.number === b.number ? a.visit - b.visit : a.number < b.number ? -1 : 1,
  );
};
