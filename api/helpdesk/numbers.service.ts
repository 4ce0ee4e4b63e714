import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { DatabaseError } from 'pg';
import { numberOfDay } from '../../workflows/ticket/rules/ticket-number.ts';
import { helpdesk } from './helpdesk.tables.ts';

// A number is the day and the next value of a sequence. A restored backup, or somebody by hand, can set the sequence back;
// then it gives numbers that today's tickets already have. A submission that hits one moves the sequence past them all and
// tries again.

const sequence = sql.lit('helpdesk.ticket_digits');
const lengthOfDay = numberOfDay(new Date(0)).length;
const dayInMs = 86_400_000;

// Drawing a number takes this lock shared, moving the sequence takes it alone. Otherwise the sequence could be set below
// a number that is being drawn at the same moment.
const lockOfNumbers = sql.lit(7_019_001);

/** Takes the shared lock until the transaction ends. A query that draws a number selects from this, so it locks first. */
export const turnToDraw = sql<unknown>`pg_advisory_xact_lock_shared(${lockOfNumbers})`;

/** The next number: the day, then at least six digits. */
export const nextNumber = (now: Date): RawBuilder<string> =>
  sql<string>`${numberOfDay(now)}::text || to_char(nextval(${sequence}), 'FM9999999999000000')`;

/** Whether the insert failed because another ticket has the number. */
export const isNumberTaken = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === '23505' && error.constraint === 'ticket_number_unique';

/** Moves the sequence past the highest number of this day. It never moves it back. */
export const moveBeyondDay = (em: EntityManager, now: Date): Promise<void> =>
  em.transactional(async (tx) => {
    const db = helpdesk(tx);
    await db.selectNoFrom(sql<unknown>`pg_advisory_xact_lock(${lockOfNumbers})`.as('alone')).execute();
    const { highest } = await db
      .selectFrom('helpdesk.ticket')
      .where('number', '>', numberOfDay(now))
      .where('number', '<', numberOfDay(new Date(now.getTime() + dayInMs)))
      .select(sql<string | null>`max(substr(number, ${sql.lit(lengthOfDay + 1)})::bigint)`.as('highest'))
      .executeTakeFirstOrThrow();
    // Kysely has no word for sequences.
    await sql`select setval(${sequence}, greatest(last_value, ${highest ?? 0}::bigint)) from helpdesk.ticket_digits`.execute(
      db,
    );
  });
