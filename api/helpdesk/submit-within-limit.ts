import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonLimits } from '../http/rate-limit-person.ts';
import { earlierTicket, type Submission, type Submitted, submitTicket } from './submit.service.ts';

/**
 * Submits as often as one person may. A retry is no further submission: it gets the first answer, also beyond the limit.
 * @throws AppError `rate_limited`, and as `submitTicket`.
 */
export const submitWithinLimit = async (
  em: EntityManager,
  limits: PersonLimits,
  submission: Submission,
): Promise<Submitted> => {
  const { id } = submission.requester;
  try {
    await limits.count(em, 'submissions', id);
  } catch (refusal) {
    const ticket = await earlierTicket(em, submission);
    if (ticket === null) throw refusal;
    return { ticket, created: false };
  }
  const submitted = await submitTicket(em, submission);
  if (!submitted.created) await limits.giveBack(em, 'submissions', id);
  return submitted;
};
