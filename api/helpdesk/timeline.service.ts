import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { AppError } from '../http/problem.ts';
import { helpdesk } from './helpdesk.tables.ts';
import { storyOf } from './requester-story.ts';
import { type TimelineEntry, timelineEntry } from './ticket.schema.ts';

export const unknownTicket = (number: string): AppError =>
  new AppError('not_found', `There is no ticket ${number}, or it is not yours to see.`);

/** A ticket's timeline, oldest first, as this person may read it: requesters read their story, also at the desk. */
export const timelineOf = async (
  em: EntityManager,
  ticketNumber: string,
  readerId: number,
): Promise<TimelineEntry[]> => {
  const rows = await helpdesk(em)
    .selectFrom('helpdesk.timeline_entry as e')
    .innerJoin('helpdesk.ticket as t', 't.number', 'e.ticket_number')
    // The entry stays as it was written; a person who was renamed since is shown by the name of today.
    .leftJoin('helpdesk.person as p', (join) =>
      join.on('p.user_id', '=', sql<number>`(e.data -> 'assignee' ->> 'id')::int`),
    )
    .select(['e.id', 'e.version', 'e.at', 'e.actor_id as actorId', 'e.actor_name as actorName', 'e.kind', 'e.data'])
    .select(['t.requester_id as requesterId', 't.department', 'p.name as assigneeName'])
    .where('e.ticket_number', '=', ticketNumber)
    .orderBy('e.version')
    .orderBy('e.ordinal')
    .execute();
  const entries = rows.map(({ assigneeName, ...row }) =>
    timelineEntry.parse({
      id: row.id,
      version: row.version,
      at: row.at.toISOString(),
      actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName },
      event: { kind: row.kind, ...named(row.data, assigneeName) },
    }),
  );
  const [first] = rows;
  return first?.requesterId === readerId ? storyOf(entries, first.department) : entries;
};

const named = ({ assignee, ...data }: Record<string, unknown>, name: string | null): Record<string, unknown> =>
  typeof assignee === 'object' ? { ...data, assignee: name === null ? assignee : { ...assignee, name } } : data;

/** The timeline's entries after this version, as this person may read them. */
export const changesSince = async (
  em: EntityManager,
  ticketNumber: string,
  version: number,
  readerId: number,
): Promise<TimelineEntry[]> =>
  (await timelineOf(em, ticketNumber, readerId)).filter((entry) => entry.version > version);
