import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { TicketFacts } from '../../workflows/ticket/rules/state.ts';
import { execute } from '../db/prepared.ts';
import { AppError } from '../http/problem.ts';
import type { Form } from './form.schema.ts';
import { dayOf } from './numbers.service.ts';
import { searchText, wordsOfTicket } from './search.service.ts';
import { Ticket } from './ticket.entity.ts';
import { ticketWorkflow } from './ticket-workflow.ts';

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

/**
 * Takes a ticket in: its row, the first line of its timeline, what it is found by and the start of its workflow, all in one
 * statement. It needs PostgreSQL alone; the workflow follows when Temporal is there.
 * @throws AppError `idempotency_key_reused` when the key came before with another form.
 */
export const submitTicket = async (em: EntityManager, submission: Submission): Promise<Submitted> => {
  const hash = createHash('sha256').update(JSON.stringify(submission.form)).digest('hex');
  const [ticket] = await execute<Submitted['ticket']>(em, takeIn, valuesOf(submission, hash));
  if (ticket) return { ticket, created: true };
  return { ticket: await earlier(em, submission, hash), created: false };
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

/** Stands for the ticket's number, which PostgreSQL draws in the same statement. */
const number = '{number}';

// A key that came before, or comes twice at once, inserts no ticket, and then nothing of the rest.
const takeIn = `
  with ticket as (
    insert into helpdesk.ticket (number, requester_id, requester_name, idempotency_key, submission_hash, category,
      sub_category, subject, description, form, scheduled_date, status, step_names, submitted_at, changed_at)
    values ('TX' || ? || lpad(nextval('helpdesk.ticket_digits')::text, 6, '0'), ?, ?, ?, ?, ?,
      ?, ?, ?, ?::jsonb, ?::date, 'new', '[]', coalesce(?::timestamptz, now()), coalesce(?::timestamptz, now()))
    on conflict (requester_id, idempotency_key) do nothing
    returning *
  ), line as (
    insert into helpdesk.timeline_entry (ticket_number, version, ordinal, at, actor_id, actor_name, kind, data)
    select number, 0, 0, submitted_at, requester_id, requester_name, 'submitted', '{}' from ticket
  ), text as (
    insert into helpdesk.ticket_text (number, words) select number, ${searchText} from ticket
  ), words as (
    insert into helpdesk.word (word) select word from ticket, ${wordsOfTicket} order by word on conflict do nothing
  ), start as (
    insert into outbox (token, workflow_type, workflow_id, task_queue, args, summary, search_attributes)
    select token, ?, replace(?, '${number}', number), ?, replace(?, '${number}', number)::jsonb, replace(?, '${number}', number),
      replace(?, '${number}', number)::jsonb from ticket
  )
  select number, status, version from ticket`;

const valuesOf = (submission: Submission, submissionHash: string): unknown[] => {
  const { requester, idempotencyKey, form } = submission;
  const { category, subject, description, scheduledDate = null, ...fields } = form;
  const { subCategory = null, ...rest } = { subCategory: undefined, ...fields };
  const at = submission.at?.toISOString() ?? null;
  const facts: TicketFacts = { number, category, subCategory, requesterId: requester.id };
  const workflow = ticketWorkflow(facts);
  return [
    ...[dayOf(new Date()), requester.id, requester.name, idempotencyKey, submissionHash, category],
    ...[subCategory, subject, description, JSON.stringify(rest), scheduledDate, at, at],
    ...[workflow.workflowType, workflow.workflowId, workflow.taskQueue],
    ...[JSON.stringify(workflow.args), workflow.summary, JSON.stringify(workflow.searchAttributes)],
  ];
};
