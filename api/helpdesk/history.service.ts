import type { EntityManager } from '@mikro-orm/postgresql';
import { AppError } from '../http/problem.ts';
import { Ticket, TimelineLine } from './ticket.entity.ts';
import { type TimelineEntry, timelineEntry } from './ticket.schema.ts';

export const unknownTicket = (number: string): AppError =>
  new AppError('not_found', `There is no ticket ${number}, or it is not yours to see.`);

/** @throws AppError `not_found`. */
export const currentVersion = async (em: EntityManager, number: string): Promise<number> => {
  const ticket = await em.fork().findOne(Ticket, { number }, { fields: ['version'] });
  if (!ticket) throw unknownTicket(number);
  return ticket.version;
};

const entryOf = (line: TimelineLine): TimelineEntry =>
  timelineEntry.parse({
    id: line.id,
    version: line.version,
    at: line.at.toISOString(),
    actor: line.actorId === null ? null : { id: line.actorId, name: line.actorName },
    event: { kind: line.kind, ...line.data },
  });

/** A ticket's history, oldest first. */
export const timelineOf = async (em: EntityManager, ticketNumber: string): Promise<TimelineEntry[]> =>
  (await em.find(TimelineLine, { ticketNumber }, { orderBy: { version: 'asc', ordinal: 'asc' } })).map(entryOf);

/** What has happened to a ticket after this version. */
export const changesSince = async (
  em: EntityManager,
  ticketNumber: string,
  version: number,
): Promise<TimelineEntry[]> =>
  (
    await em.find(
      TimelineLine,
      { ticketNumber, version: { $gt: version } },
      { orderBy: { version: 'asc', ordinal: 'asc' } },
    )
  ).map(entryOf);
