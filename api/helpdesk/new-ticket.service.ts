import type { EntityManager, InferKyselyTable } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { OutboxEntry } from '../db/outbox/outbox.entity.ts';
import { json } from '../db/query-builder.ts';
import { priorities } from '../temporal/priorities.ts';
import { type HelpdeskTables, helpdesk } from './helpdesk.tables.ts';
import { nextNumber, turnToDraw } from './numbers.service.ts';
import { searchTextOf, wordsOf } from './search/search-text.ts';
import type { Submission } from './submit.service.ts';
import { ticketWorkflow } from './ticket-workflow.ts';

// The rows of a new ticket, in two statements.

/** Inserts no ticket when the key was used before, or twice at once. It checks first, so a retry uses up no number. */
export const insertTicket = (em: EntityManager, submission: Submission, submissionHash: string, now: Date) => {
  const { requester, idempotencyKey, form } = submission;
  const { category, subject, description, scheduledDate = null, ...fields } = form;
  const { subCategory = null, ...rest } = { subCategory: undefined, ...fields };
  const at = submission.at ? sql<Date>`${submission.at}::timestamptz` : sql<Date>`now()`;
  return (
    helpdesk(em)
      .with('turn', (db) => db.selectNoFrom(turnToDraw.as('turn')))
      .insertInto('helpdesk.ticket')
      .columns([
        ...(['number', 'requester_id', 'requester_name', 'idempotency_key', 'submission_hash'] as const),
        ...(['category', 'sub_category', 'subject', 'description', 'form', 'scheduled_date'] as const),
        ...(['status', 'step_names', 'submitted_at', 'changed_at'] as const),
      ])
      // In the order of the columns below.
      .expression((db) =>
        db
          .selectFrom('turn')
          .select([
            nextNumber(now).as('number'),
            sql`${requester.id}::int`.as('requester_id'),
            sql`${requester.name}`.as('requester_name'),
            sql`${idempotencyKey}`.as('idempotency_key'),
            sql`${submissionHash}`.as('submission_hash'),
            sql`${category}`.as('category'),
            sql`${subCategory}`.as('sub_category'),
            sql`${subject}`.as('subject'),
            sql`${description}`.as('description'),
            json(rest).as('form'),
            sql`${scheduledDate}::date`.as('scheduled_date'),
            sql.lit('new').as('status'),
            json([]).as('step_names'),
            at.as('submitted_at'),
            at.as('changed_at'),
          ])
          .where(({ exists, not, selectFrom }) =>
            not(
              exists(
                selectFrom('helpdesk.ticket as earlier')
                  .where('earlier.requester_id', '=', requester.id)
                  .where('earlier.idempotency_key', '=', idempotencyKey)
                  .select('earlier.id'),
              ),
            ),
          ),
      )
      .onConflict((conflict) => conflict.columns(['requester_id', 'idempotency_key']).doNothing())
      .returning(['number', 'status', 'version', 'token', 'submitted_at'])
      .executeTakeFirst()
  );
};

type Inserted = NonNullable<Awaited<ReturnType<typeof insertTicket>>>;

/** The help desk's tables and the shared outbox. */
type Tables = HelpdeskTables & { outbox: InferKyselyTable<typeof OutboxEntry> };

/** Inserts everything else for a new ticket in one round trip. */
export const insertRest = async (
  em: EntityManager,
  { requester, form, priority = priorities.people }: Submission,
  ticket: Inserted,
): Promise<void> => {
  const { number, token } = ticket;
  const { category, subject, description, scheduledDate: _day, ...fields } = form;
  const subCategory = 'subCategory' in form ? form.subCategory : null;
  const workflow = ticketWorkflow({ number, category, subCategory, requesterId: requester.id });
  const written = { number, subject, description, form: fields };
  await em
    .getKysely<Tables>()
    .with('entry', (db) =>
      db.insertInto('helpdesk.timeline_entry').values({
        ...{
          ticket_number: number,
          version: 0,
          ordinal: 0,
          at: ticket.submitted_at,
          kind: 'submitted',
          data: json({}),
        },
        ...{ actor_id: requester.id, actor_name: requester.name },
      }),
    )
    .with('text', (db) => db.insertInto('helpdesk.ticket_text').values({ number, ...searchTextOf(written) }))
    .with('words', (db) =>
      db
        .insertInto('helpdesk.word')
        .columns(['word'])
        .expression(sql`select * from unnest(${wordsOf(written)}::text[])`)
        .onConflict((conflict) => conflict.doNothing()),
    )
    .insertInto('outbox')
    .values({
      ...{
        token,
        workflow_type: workflow.workflowType,
        workflow_id: workflow.workflowId,
        task_queue: workflow.taskQueue,
        priority,
        fairness_key: workflow.fairnessKey,
      },
      ...{ args: json(workflow.args), summary: workflow.summary ?? null },
      search_attributes: json(workflow.searchAttributes ?? {}),
    })
    .execute();
};
