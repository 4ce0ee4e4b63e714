import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AppError } from '../http/problem.ts';
import type { Form } from './form.schema.ts';
import { insertRest, insertTicket } from './new-ticket.service.ts';
import { isNumberTaken, moveBeyondDay } from './numbers.service.ts';
import { Ticket } from './ticket.entity.ts';

export interface Submission {
  requester: { id: number; name: string };
  /** Made by the page when the form opened; sent again with each retry. */
  idempotencyKey: string;
  form: Form;
  /** Now, by the clock of PostgreSQL, unless the past is being seeded. */
  at?: Date;
}

export interface Submitted {
  ticket: Pick<Ticket, 'number' | 'status' | 'version'>;
  /** False: the same submission had come before, this is its ticket. */
  created: boolean;
}

// One is enough, unless somebody sets the sequence of the numbers back again meanwhile.
const mostTries = 5;

/**
 * Takes a ticket in: its row, the first entry of its timeline, what it is found by and the start of its workflow, in one
 * transaction. It needs PostgreSQL alone; the workflow follows when Temporal is there.
 * @throws AppError `idempotency_key_reused` when the key came before with another form.
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
  const submissionHash = createHash('sha256').update(JSON.stringify(submission.form)).digest('hex');
  const ticket = await insertTicket(em, submission, submissionHash, now);
  if (!ticket) return { ticket: await earlier(em, submission, submissionHash), created: false };
  await insertRest(em, submission, ticket);
  const { number, status, version } = ticket;
  return { ticket: { number, status, version }, created: true };
};

const earlier = async (em: EntityManager, submission: Submission, hash: string): Promise<Submitted['ticket']> => {
  const { requester, idempotencyKey } = submission;
  const { submissionHash, ...ticket } = await em.findOneOrFail(
    Ticket,
    { requesterId: requester.id, idempotencyKey },
    { fields: ['number', 'status', 'version', 'submissionHash'] },
  );
  if (submissionHash === hash) return ticket;
  throw new AppError(
    'idempotency_key_reused',
    `This key was used for ticket ${ticket.number}, with other words. Open the form again for a new ticket.`,
  );
};
