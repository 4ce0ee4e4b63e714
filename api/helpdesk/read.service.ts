import type { EntityManager, FilterQuery, QueryOrderMap } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Page } from '../http/page.schema.ts';
import { countLimit, cursorInstant, decodeCursor, page } from '../http/paging.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { unknownTicket } from './history.service.ts';
import { Ticket } from './ticket.entity.ts';
import { canSeeAll } from './ticket.policy.ts';
import type { TicketQuery, TicketRow } from './ticket.schema.ts';
import { rowOf } from './ticket.view.ts';

/** A ticket that this user may see. @throws AppError `not_found`, also for one that is somebody else's. */
export const visibleTicket = async (em: EntityManager, number: string, reader: SessionUser): Promise<Ticket> => {
  const ticket = await em.findOne(Ticket, { number }, { populate: ['flow'] });
  if (!ticket || (ticket.requesterId !== reader.id && !canSeeAll(reader))) throw unknownTicket(number);
  return ticket;
};

/** @throws AppError `not_found` for one that this user may not see, `forbidden` for one that is somebody else's. */
export const ownTicket = async (em: EntityManager, number: string, user: SessionUser): Promise<Ticket> => {
  const ticket = await visibleTicket(em, number, user);
  if (ticket.requesterId === user.id) return ticket;
  throw new AppError('forbidden', 'Only the person who sent the ticket can do this.');
};

type Where = FilterQuery<Ticket>;

const scopeOf = (query: Pick<TicketQuery, 'scope'>, reader: SessionUser): Where =>
  query.scope === 'all' && canSeeAll(reader) ? {} : { requesterId: reader.id };

const words = (q: string): Where => {
  const pattern = `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return {
    $or: [{ subject: { $ilike: pattern } }, { description: { $ilike: pattern } }, { number: { $ilike: pattern } }],
  };
};

/** A page of the tickets that this user may see. */
export const listTickets = async (
  em: EntityManager,
  query: TicketQuery,
  reader: SessionUser,
): Promise<Page<TicketRow>> => {
  const filters: Where[] = [scopeOf(query, reader)];
  if (query.status) filters.push({ status: { $in: query.status } });
  if (query.category) filters.push({ category: { $in: query.category } });
  if (query.priority) filters.push({ priority: { $in: query.priority } });
  if (query.q) filters.push(words(query.q));
  const where: Where = { $and: filters };
  const column = query.sort.endsWith('submitted') ? 'submittedAt' : 'changedAt';
  const direction = query.sort.startsWith('-') ? 'desc' : 'asc';
  const orderBy: QueryOrderMap<Ticket> = { [column]: direction, id: direction };
  const after = query.cursor ? beyond(column, direction, query.cursor) : {};
  const rows = await em.find(Ticket, { $and: [where, after] }, { orderBy: [orderBy], limit: query.limit + 1 });
  const count = await countUpTo(em, where);
  return page(rows, {
    limit: query.limit,
    count,
    cursor: (ticket) => [ticket[column].toISOString(), ticket.id],
    view: rowOf,
  });
};

const place = z.tuple([cursorInstant, z.int()]);

const beyond = (column: 'submittedAt' | 'changedAt', direction: 'asc' | 'desc', cursor: string): Where => {
  const [at, id] = decodeCursor(cursor, place);
  const sign = direction === 'asc' ? '$gt' : '$lt';
  return { $or: [{ [column]: { [sign]: at } }, { [column]: at, id: { [sign]: id } }] };
};

const countUpTo = async (em: EntityManager, where: Where): Promise<number> => {
  const found = await em.find(Ticket, where, { fields: ['id'], limit: countLimit + 1 });
  return found.length;
};

/** How many tickets stand in each status, within what this user may see. */
export const countTickets = async (
  em: EntityManager,
  scope: TicketQuery['scope'],
  reader: SessionUser,
): Promise<Record<string, number>> => {
  const all = scope === 'all' && canSeeAll(reader);
  const rows = await em.execute<{ status: string; count: string }[]>(
    `select status, count(*) as count from helpdesk.ticket ${all ? '' : 'where requester_id = ?'} group by status`,
    all ? [] : [reader.id],
  );
  return Object.fromEntries(rows.map((row) => [row.status, Number(row.count)]));
};
