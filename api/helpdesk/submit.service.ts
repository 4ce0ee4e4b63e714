import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { queues, searchAttributes, ticketWorkflowId, ticketWorkflowType } from '../../workflows/names.ts';
import type { TicketFacts } from '../../workflows/ticket/state.ts';
import { enqueue } from '../db/outbox.ts';
import { AppError } from '../http/problem.ts';
import type { Form } from './form.schema.ts';
import { Ticket, TimelineLine } from './ticket.entity.ts';

export interface Submission {
  requester: { id: number; name: string };
  /** Made by the page when the form opened; sent again with each retry. */
  idempotencyKey: string;
  form: Form;
  /** Now, unless the past is being seeded. */
  at?: Date;
}

export interface Submitted {
  ticket: Ticket;
  /** False: the same submission had come before, this is its ticket. */
  created: boolean;
}

/**
 * Takes a ticket in: its row, the first line of its timeline and the start of its flow, in one transaction. It needs
 * PostgreSQL alone; the flow follows when Temporal is there.
 * @throws AppError `idempotency_key_reused` when the key came before with another form.
 */
export const submitTicket = async (em: EntityManager, submission: Submission): Promise<Submitted> => {
  const hash = createHash('sha256').update(JSON.stringify(submission.form)).digest('hex');
  const earlier = await findEarlier(em, submission, hash);
  if (earlier) return { ticket: earlier, created: false };
  try {
    return { ticket: await em.transactional((tx) => insert(tx, submission, hash)), created: true };
  } catch (error) {
    // Two clicks at once: the unique key let one through, the other finds its ticket.
    const winner = await findEarlier(em.fork(), submission, hash);
    if (winner) return { ticket: winner, created: false };
    throw error;
  }
};

const findEarlier = async (em: EntityManager, submission: Submission, hash: string): Promise<Ticket | null> => {
  const { requester, idempotencyKey } = submission;
  const earlier = await em.findOne(Ticket, { requesterId: requester.id, idempotencyKey });
  if (earlier && earlier.submissionHash !== hash)
    throw new AppError(
      'idempotency_key_reused',
      `This key was used for ticket ${earlier.number}, with other words. Open the form again for a new ticket.`,
    );
  return earlier;
};

const insert = async (em: EntityManager, submission: Submission, submissionHash: string): Promise<Ticket> => {
  const { requester, idempotencyKey, form } = submission;
  const { category, subject, description, scheduledDate, ...fields } = form;
  const { subCategory = null, ...rest } = { subCategory: undefined, ...fields };
  const submittedAt = submission.at ?? new Date();
  const number = await nextNumber(em, new Date());
  const ticket = em.create(Ticket, {
    number,
    requesterId: requester.id,
    requesterName: requester.name,
    idempotencyKey,
    submissionHash,
    category,
    subCategory,
    subject,
    description,
    form: rest,
    scheduledDate: scheduledDate ?? null,
    status: 'new',
    trackSteps: [],
    submittedAt,
    changedAt: submittedAt,
  });
  const line = em.create(TimelineLine, {
    ticketNumber: number,
    version: 0,
    ordinal: 0,
    at: submittedAt,
    actorId: requester.id,
    actorName: requester.name,
    kind: 'submitted',
    data: {},
  });
  em.persist([ticket, line]);
  const facts: TicketFacts = { number, category, subCategory, requesterId: requester.id };
  enqueue(em, {
    workflowType: ticketWorkflowType,
    workflowId: ticketWorkflowId(number),
    taskQueue: queues.workflow,
    args: [facts],
    summary: `${number} · ${category}`,
    searchAttributes: {
      [searchAttributes.ticketNumber]: number,
      [searchAttributes.status]: 'new',
      [searchAttributes.system]: 'hdts',
    },
  });
  return ticket;
};

/** `TX`, the UTC day and six digits of a sequence, so that no two tickets ever meet on one number. */
const nextNumber = async (em: EntityManager, now: Date): Promise<string> => {
  const [row] = await em.execute<{ digits: string }[]>(
    `select lpad(nextval('helpdesk.ticket_digits')::text, 6, '0') as digits`,
  );
  if (!row) throw new Error('PostgreSQL gave no ticket digits');
  return `TX${now.toISOString().slice(0, 10).replaceAll('-', '')}${row.digits}`;
};
