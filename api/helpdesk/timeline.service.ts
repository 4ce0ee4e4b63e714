import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { AppError } from '../http/problem.ts';
import { helpdesk } from './helpdesk.tables.ts';
import { type TimelineEntry, timelineEntry } from './ticket.schema.ts';

export const unknownTicket = (number: string): AppError =>
  new AppError('not_found', `There is no ticket ${number}, or it is not yours to see.`);

/** The ticket's timeline entries after this version. */
export const changesSince = async (
  em: EntityManager,
  ticketNumber: string,
  version: number,
): Promise<TimelineEntry[]> => {
  const rows = await helpdesk(em)
    .selectFrom('helpdesk.timeline_entry')
    .select(['id', 'version', 'at', 'actor_id as actorId', 'actor_name as actorName', 'kind', 'data'])
    .where('ticket_number', '=', ticketNumber)
    // The sender chose the version; it may be too large for the column.
    .where('version', '>', sql<number>`${version}::bigint`)
    .orderBy('version')
    .orderBy('ordinal')
    .execute();
  return rows.map((row) =>
    timelineEntry.parse({
      id: row.id,
      version: row.version,
      at: row.at.toISOString(),
      actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName },
      event: { kind: row.kind, ...row.data },
    }),
  );
};

/** A ticket's timeline, oldest first. */
export const timelineOf = (em: EntityManager, ticketNumber: string): Promise<TimelineEntry[]> =>
  changesSince(em, ticketNumber, -1);
