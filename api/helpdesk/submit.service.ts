import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AppError } from '../http/problem.ts';
import type { Priority } from '../temporal/priorities.ts';
import type { Form } from './form.schema.ts';
import { insertRest, insertTicket } from './new-ticket.service.ts';
import { isNumberTaken, moveBeyondDay } from './numbers.service.ts';
import { Ticket } from './ticket.entity.ts';

export interface Submission {
  requester: { id: number; name: string };
  /** The page makes it when the form opens and sends it with every retry. */
  idempotencyKey: string;
  form: Form;
  /** PostgreSQL's current time by default; seeding gives a past one. */
  at?: Date;
  /** When its workflow starts among others; as other people's by default. */
  priority?: Priority;
}

export interface Submitted {
  ticket: Pick<Ticket, 'number' | 'status' | 'version'>;
  /** False when this submission was already received; the ticket is the first one's. */
  created: boolean;
}

// The second try succeeds unless somebody sets the sequence back again in between.
const mostTries = 5;

/**
 * Creates a ticket with its first timeline entry, its search text and the outbox row that starts its workflow, in one
 * transaction. This needs only PostgreSQL; the workflow starts when Temporal is available.
 * @throws AppError `idempotency_key_reused` when the key was used with another form.
 */
export const submitTicket = async (em: EntityManager, submission: Submission): Promise<Submitted> => {
  for (let tries = 1; ; tries += 1) {
    const now = new Date();
    try {
      return await em.transactional((tx) => takeIn(tx, submission, now));
    } catch (error) {
      if (!isNumberTaken(error) || tries === mostTries) throw error;
      await moveBeyondDay(em, now);
    }
  }
};

const takeIn = async (em: EntityManager, submission: Submission, now: Date): Promise<Submitted> => {
  const ticket = await insertTicket(em, submission, hashOf(submission), now);
  if (!ticket) {
    const earlier = await earlierTicket(em, submission);
    if (!earlier) throw new Error('A submission was taken for a retry of one that is not there');
    return { ticket: earlier, created: false };
  }
  await insertRest(em, submission, ticket);
  const { number, status, version } = ticket;
  return { ticket: { number, status, version }, created: true };
};

const hashOf = ({ form }: Submission): string => createHash('sha256').update(JSON.stringify(form)).digest('hex');

/** The ticket of this submission, when it was received before. @throws AppError `idempotency_key_reused`. */
export const earlierTicket = async (em: EntityManager, submission: Submission): Promise<Submitted['ticket'] | null> => {
  const { requester, idempotencyKey } = submission;
  const known = await em.findOne(
    Ticket,
    { requesterId: requester.id, idempotencyKey },
    { fields: ['number', 'status', 'version', 'submissionHash'] },
  );
  if (!known) return null;
  const { submissionHash, ...ticket } = known;
  if (submissionHash === hashOf(submission)) return ticket;
  throw new AppError(
    'idempotency_key_reused',
    `This key was used for ticket ${ticket.number}, with other words. Open the form again for a new ticket.`,
  );
};
