import type { EntityManager } from '@mikro-orm/postgresql';
import { submitted, type TicketFacts, type TicketState } from '../../workflows/ticket/rules/state.ts';
import { type Condition, when } from '../db/page.ts';
import { rowsWith, selectRows, shapeOf } from '../db/rows.ts';
import { ask, type Question } from '../db/statements.ts';
import { AppError } from '../http/problem.ts';
import { Ticket, TimelineEntryRow } from './ticket.entity.ts';
import { type TimelineEntry, timelineEntry } from './ticket.schema.ts';
import { factProperties, factsOf } from './ticket.view.ts';

export const unknownTicket = (number: string): AppError =>
  new AppError('not_found', `There is no ticket ${number}, or it is not yours to see.`);

/** What never changes about a ticket, and what its workflow recorded last. */
export interface Standing {
  facts: TicketFacts;
  state: TicketState;
}

const standingProperties = [...factProperties, 'workflowState'] as const;

/** Asks how a ticket stands. */
export const standingWith = (em: EntityManager, number: string): Question<object> =>
  rowsWith(em, Ticket, standingProperties, when('where number = ?', number));

/** The answer to it. @throws AppError `not_found`. */
export const foundStanding = (em: EntityManager, number: string, [found]: object[]): Standing => {
  if (!found) throw unknownTicket(number);
  const ticket = shapeOf(em, Ticket, standingProperties, 't').read(found);
  return { facts: factsOf(ticket), state: ticket.workflowState ?? submitted };
};

/** @throws AppError `not_found`. */
export const standing = async (em: EntityManager, number: string): Promise<Standing> =>
  foundStanding(em, number, await ask(em, standingWith(em, number)));

/** The ticket stands at this version. */
export const standsAt = (number: string, version: number): Condition =>
  when(
    'exists (select from helpdesk.ticket where number = ? and coalesce((workflow_state->>?)::bigint, ?::bigint) = ?::bigint)',
    number,
    'version',
    submitted.version,
    version,
  );

const lineProperties = [
  'id',
  'version',
  'at',
  'actorId',
  'actorName',
  'kind',
  'data',
] as const satisfies (keyof TimelineEntryRow)[];

const entryOf = (line: Pick<TimelineEntryRow, (typeof lineProperties)[number]>): TimelineEntry =>
  timelineEntry.parse({
    id: line.id,
    version: line.version,
    at: line.at.toISOString(),
    actor: line.actorId === null ? null : { id: line.actorId, name: line.actorName },
    event: { kind: line.kind, ...line.data },
  });

/** What has happened to a ticket after this version. */
export const changesSince = async (
  em: EntityManager,
  ticketNumber: string,
  version: number,
): Promise<TimelineEntry[]> => {
  const since = when(
    'where ticket_number = ? and version > ?::bigint order by version, ordinal',
    ticketNumber,
    version,
  );
  return (await selectRows(em, TimelineEntryRow, lineProperties, since)).map(entryOf);
};

/** A ticket's history, oldest first. */
export const timelineOf = (em: EntityManager, ticketNumber: string): Promise<TimelineEntry[]> =>
  changesSince(em, ticketNumber, -1);
