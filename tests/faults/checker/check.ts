import { checkAnswers } from './answers.ts';
import type { Facts, Violation } from './facts.ts';
import { checkHistory } from './history.ts';
import { checkMails } from './mails.ts';
import { type Count, checkOnce } from './once.ts';
import { checkNotifications } from './telling.ts';
import { checkZombies } from './zombies.ts';

export interface Verdict {
  count: Count;
  violations: Violation[];
}

/** Holds everything that is there against everything that was asked for. */
export const check = (facts: Facts): Verdict => {
  const { count, violations } = checkOnce(facts);
  return {
    count,
    violations: [
      ...violations,
      ...checkHistory(facts),
      ...checkNotifications(facts),
      ...checkMails(facts),
      ...checkZombies(facts),
      ...checkAnswers(facts),
    ],
  };
};
