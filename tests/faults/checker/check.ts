import { checkAnswers } from './answers.ts';
import type { Facts, Violation } from './facts.ts';
import { checkHistory } from './history.ts';
import { checkMails } from './mails.ts';
import { checkNotifications } from './notifications.ts';
import { type Count, checkOnce } from './once.ts';
import { checkWorkflowHealth } from './workflow-health.ts';

export interface Verdict {
  count: Count;
  violations: Violation[];
}

/** Compares everything that is there with everything that was asked for. */
export const check = (facts: Facts): Verdict => {
  const { count, violations } = checkOnce(facts);
  return {
    count,
    violations: [
      ...violations,
      ...checkHistory(facts),
      ...checkNotifications(facts),
      ...checkMails(facts),
      ...checkWorkflowHealth(facts),
      ...checkAnswers(facts),
    ],
  };
};
