import { createSignal } from 'solid-js';

/** Where somebody wants to go when they have acted on a ticket. */
export type AfterAct = 'next' | 'stay' | 'list';

export const afterActChoices: readonly { value: AfterAct; words: string }[] = [
  { value: 'next', words: 'open the next ticket' },
  { value: 'stay', words: 'stay on the ticket' },
  { value: 'list', words: 'go back to the list' },
];

// Several people may share a browser, and each keeps a choice of their own.
const placeOf = (userId: number): string => `after-act:${userId}`;

const stored = (userId: number): AfterAct => {
  try {
    const kept = localStorage.getItem(placeOf(userId));
    return afterActChoices.find(({ value }) => value === kept)?.value ?? 'next';
  } catch {
    return 'next';
  }
};

const [changes, setChanges] = createSignal(0);

export const afterAct = (userId: number): AfterAct => {
  changes();
  return stored(userId);
};

export const chooseAfterAct = (userId: number, choice: AfterAct): void => {
  try {
    localStorage.setItem(placeOf(userId), choice);
  } catch {
    // A private window keeps nothing, so the usual choice stays.
  }
  setChanges((count) => count + 1);
};

/** The ticket to go on with: the one after this, and after the last one the first. Null when no other is left. */
export const ticketAfter = (numbers: readonly string[], current: string): string | null => {
  const here = numbers.indexOf(current);
  const others = [...numbers.slice(here + 1), ...numbers.slice(0, Math.max(here, 0))];
  return others[0] ?? null;
};
