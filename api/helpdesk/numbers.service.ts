import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { DatabaseError } from 'pg';
import { numberOfDay } from '../../workflows/ticket/rules/ticket-number.ts';
import { helpdesk } from './helpdesk.tables.ts';

// A number is the day and the next value of a sequence. A backup or a hand can set the sequence back, and then it gives
// numbers that tickets of today have. Whoever meets one moves the sequence beyond them all, and draws again.

const sequence = sql.lit('helpdesk.ticket_digits');
const lengthOfDay = numberOfDay(new Date(0)).length;
const dayInMs = 86_400_000;

// Who draws holds it together with the others, who moves the sequence holds it alone. Else it could be moved behind
// numbers that somebody draws at that very moment.
const lockOfNumbers = sql.lit(7_019_001);

/** Lets numbers be drawn until the transaction ends. A query that draws one must select from it, so that it comes first. */
export const turnToDraw = sql<unknown>`pg_advisory_xact_lock_shared(${lockOfNumbers})`;

/** The next number: at least six digits behind the day, and more when there are more. */
export const nextNumber = (now: Date): RawBuilder<string> =>
  sql<string>`${numberOfDay(now)}::text || to_char(nextval(${sequence}), 'FM9999999999000000')`;

/** Whether a ticket could not be written because another one has its number. */
export const isNumberTaken = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === '23505' && error.constraint === 'ticket_number_unique';

/** Sees to it that the next number comes after all of this day. The sequence never goes back by it. */
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
    // The builder knows no sequences.
    await sql`select setval(${sequence}, greatest(last_value, ${highest ?? 0}::bigint)) from helpdesk.ticket_digits`.execute(
      db,
    );
  });
