import type { EntityManager } from '@mikro-orm/postgresql';
import { submitted, type TicketFacts, type TicketState } from '../../workflows/ticket/state.ts';
import { AppError } from '../http/problem.ts';
import { Ticket, TimelineLine } from './ticket.entity.ts';
import { type TimelineEntry, timelineEntry } from './ticket.schema.ts';
import { factsOf } from './ticket.view.ts';

export const unknownTicket = (number: string): AppError =>
  new AppError('not_found', `There is no ticket ${number}, or it is not yours to see.`);

/** What never changes about a ticket, and what its flow recorded last. @throws AppError `not_found`. */
export const standing = async (
  em: EntityManager,
  number: string,
): Promise<{ facts: TicketFacts; state: TicketState }> => {
  const ticket = await em.fork().findOne(Ticket, { number }, { populate: ['flow'] });
  if (!ticket) throw unknownTicket(number);
  return { facts: factsOf(ticket), state: ticket.flow ?? submitted };
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
