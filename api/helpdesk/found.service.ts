import type { EntityManager } from '@mikro-orm/postgresql';
import { type Expression, expressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import { columnsOf } from '../db/columns.ts';
import { countAll } from '../db/query-builder.ts';
import { countLimit } from '../http/paging.ts';
import { helpdesk } from './helpdesk.tables.ts';
import { type Order, orderOf, placeOf } from './list-order.ts';
import { type Rank, ranksOf, respelt, type Searched, type Sought, soughtBy } from './search.service.ts';
import type { TicketQuery } from './ticket.schema.ts';
import { rowProperties } from './ticket.view.ts';

type SearchQuery = TicketQuery & { q: string };
type Condition = Expression<SqlBool>;

const eb = expressionBuilder<Searched, 't' | 's'>();
const columnOf = { submittedAt: 't.submitted_at', changedAt: 't.changed_at' } as const;

const filtersOf = (query: TicketQuery, requesterId: number | null): Condition[] => {
  const filters: Condition[] = requesterId === null ? [] : [eb('t.requester_id', '=', requesterId)];
  if (query.status) filters.push(eb('t.status', 'in', query.status));
  if (query.category) filters.push(eb('t.category', 'in', query.category));
  if (query.priority) filters.push(eb('t.priority', 'in', query.priority));
  return filters;
};

/** What lies behind the cursor in this rank: all of it, a part, or nothing. */
const beyond = (query: TicketQuery, { property, direction }: Order, rank: number): Condition => {
  const last = placeOf(query);
  if (last === null) return eb.lit(true);
  if (last.rank !== rank) return eb.lit(last.rank < rank);
  return eb(eb.refTuple(columnOf[property], 't.id'), direction === 'asc' ? '>' : '<', eb.tuple(last.at, last.id));
};

/** What is looked through for a page. Each part is in the order of the list, and of one rank; better ranks come first. */
interface Way {
  /** Queries that the parts name. Each runs once at most, and only as far as it is read. */
  given: RawBuilder<unknown>[];
  parts: { rank: number; fits: Condition }[];
  /** A query with a row for each ticket that counts. */
  counted: Expression<unknown>;
}

// To sort all that fits costs the more, the more it is; to look until a page is full, the less. Among 100,000 tickets they
// meet at some 1,300 that fit; where they meet grows with the root of all tickets.
const few = sql<{ number: number }>`(
  select greatest(${sql.lit(countLimit)}, 4 * sqrt(greatest(reltuples, 0)))::int as number
  from pg_class where oid = 'helpdesk.ticket'::regclass)`;

/**
 * The way among all tickets. Which one is short depends on how many fit, and PostgreSQL's guesses are off by ten times and
 * more. Hence each rank is first looked for in the texts, as far as it is `few`, which makes the total, too. A rank that
 * ends before is then known as a whole and only needs sorting. Of a larger one a page is soon full: its tickets are looked
 * at one by one, in the order of the page.
 */
const amongAll = (em: EntityManager, ranks: readonly Rank[]): Way => {
  const names = ranks.map((_rank, place) => sql.table(`found_${place}`));
  const found = ranks.map(({ text }, place) => {
    const numbers = helpdesk(em).selectFrom('helpdesk.ticket_text as s').where(text).select('s.number');
    return sql`${names[place]} as materialized ${numbers.limit(sql<number>`(select number + 1 from few)`)}`;
  });
  return {
    given: [sql`few as materialized (${few})`, ...found],
    parts: ranks.flatMap(({ row }, rank) => {
      const isFew = sql<SqlBool>`(select count(*) from ${names[rank]}) <= (select number from few)`;
      const isFound = sql<SqlBool>`t.number in (select number from ${names[rank]})`;
      return [
        { rank, fits: eb.and([isFew, isFound]) },
        { rank, fits: eb.and([eb.not(isFew), row]) },
      ];
    }),
    counted: sql.join(
      names.map((name) => sql`select from ${name}`),
      sql` union all `,
    ),
  };
};

/** With filters it may be shorter to begin with them: PostgreSQL knows how many tickets they leave. */
const amongFiltered = (ranks: readonly Rank[], filters: readonly Condition[]): Way => {
  const fits = (text: Condition): Condition =>
    eb.and([...filters, sql<SqlBool>`t.number in (select s.number from helpdesk.ticket_text s where ${text})`]);
  return {
    given: [],
    parts: ranks.map(({ text }, rank) => ({ rank, fits: fits(text) })),
    counted: sql`select from helpdesk.ticket t where ${fits(eb.or(ranks.map(({ text }) => text)))}`,
  };
};

/** The builder has no word for a number of given queries that varies. */
const ask = async <Row>(em: EntityManager, given: readonly RawBuilder<unknown>[], query: Expression<Row>) => {
  const before = given.length === 0 ? sql`` : sql`with ${sql.join(given)} `;
  return (await sql<Row>`${before}${query}`.execute(helpdesk(em))).rows;
};

const select = async (em: EntityManager, query: SearchQuery, requesterId: number | null, sought: Sought) => {
  const order = orderOf(query);
  const limit = query.limit + 1;
  const filters = filtersOf(query, requesterId);
  const ranks = ranksOf(sought, order.bestFirst);
  const { given, parts, counted } = filters.length === 0 ? amongAll(em, ranks) : amongFiltered(ranks, filters);
  const total = sql<number>`(select ${countAll()} from (${counted} limit ${sql.lit(countLimit + 1)}) counted)`;

  const selects = parts.map(({ rank, fits }) => {
    const rows = helpdesk(em)
      .selectFrom('helpdesk.ticket as t')
      .where(eb.and([fits, beyond(query, order, rank)]))
      .select(columnsOf('t', ['id', ...rowProperties]))
      .select(sql<number>`${sql.lit(rank)}`.as('rank'))
      .orderBy(columnOf[order.property], order.direction)
      .orderBy('t.id', order.direction)
      .limit(limit);
    return helpdesk(em).selectFrom(rows.as('part')).selectAll('part');
  });
  const ranked = selects.reduce((before, part) => before.unionAll(part));
  const page = helpdesk(em)
    // Limited here, before it is put in order: what comes behind a full page is not even looked for.
    .selectFrom(ranked.limit(limit).as('page'))
    .selectAll('page')
    .select(total.as('total'))
    .orderBy('rank')
    .orderBy(order.property, order.direction)
    .orderBy('id', order.direction);
  const rows = await ask(em, given, page);
  if (rows[0]) return { rows, count: rows[0].total };
  // Behind the last page there is no row to say how many there are.
  if (query.cursor === undefined) return { rows, count: 0 };
  const [all] = await ask(em, given, helpdesk(em).selectNoFrom(total.as('total')));
  return { rows, count: all?.total ?? 0 };
};

type Found = Awaited<ReturnType<typeof select>>;

/** Looks for the words as they are written, and, when nobody has written them so, as they may have been meant. */
export const search = async (em: EntityManager, query: SearchQuery, requesterId: number | null): Promise<Found> => {
  const sought = soughtBy(query.q);
  const literal = await select(em, query, requesterId, sought);
  if (literal.count > 0) return literal;
  const meant = await respelt(em, sought, requesterId);
  return meant ? select(em, query, requesterId, meant) : literal;
};
