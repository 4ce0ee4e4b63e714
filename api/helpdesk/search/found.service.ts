import type { EntityManager } from '@mikro-orm/postgresql';
import { type Expression, expressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import { columnsOf } from '../../db/columns.ts';
import { countAll } from '../../db/query-builder.ts';
import { searchTwice, type TicketSearch, type Wanted } from '../../db/search/ticket-search.ts';
import { countLimit } from '../../http/paging.ts';
import { helpdesk } from '../helpdesk.tables.ts';
import { beyond, type Condition, columnOf, filtersOf } from '../list-conditions.ts';
import { orderOf } from '../list-order.ts';
import type { TicketQuery } from '../ticket.schema.ts';
import { rowProperties } from '../ticket.view.ts';
import { ahead, among, namesPeople, type Rank, ranksOf, type Searched, textsWith } from './conditions.ts';

type SearchQuery = TicketQuery & { q: string };

const eb = expressionBuilder<Searched, 't' | 's'>();

/** How to search for a page. Each part has one rank and is sorted like the list; better ranks come first. */
interface Way {
  /** CTEs that the parts use. Each runs at most once, and only as far as it is read. */
  given: RawBuilder<unknown>[];
  parts: { rank: number; fits: Condition }[];
  /** A query with one row for each ticket to count. */
  counted: Expression<unknown>;
}

// There are two ways: sort all matches (slower with more matches), or scan in order until the page is full (faster with
// more). With 100,000 tickets they cost the same at about 1,300 matches; this point grows with the square root of all tickets.
const few = sql<{ number: number }>`(
  select greatest(${sql.lit(countLimit)}, 4 * sqrt(greatest(reltuples, 0)))::int as number
  from pg_class where oid = 'helpdesk.ticket'::regclass)`;

/**
 * The search without filters. Which way is faster depends on the number of matches, and PostgreSQL's estimate is off by ten
 * times or more. So we first search the texts for up to `few` matches of each rank, which also gives the total. A rank
 * with fewer matches is then complete and only needs sorting. With more, we scan the tickets in page order; the page fills
 * up quickly.
 */
const amongAll = (ranks: readonly Rank[]): Way => {
  const names = ranks.map((_rank, place) => sql.table(`found_${place}`));
  const found = ranks.map(({ text }, place) => {
    const numbers = textsWith(text).limit(sql<number>`(select number + 1 from few)`);
    return sql`${names[place]} as materialized ${numbers}`;
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

/** With filters or with people's names PostgreSQL chooses: it knows how many tickets they leave. */
const amongFiltered = (wanted: Wanted, filters: readonly Condition[], bestFirst: boolean): Way => {
  const number = eb.ref('t.number');
  const fitting = eb.and([...filters, among(wanted, number)]);
  const isAhead = ahead(wanted, number);
  const ranks = bestFirst ? [eb.and([...filters, isAhead]), eb.and([fitting, eb.not(isAhead)])] : [fitting];
  return {
    given: [],
    parts: ranks.map((fits, rank) => ({ rank, fits })),
    counted: sql`select from helpdesk.ticket t where ${fitting}`,
  };
};

/** Plain `sql`, because Kysely cannot add a varying number of CTEs. */
const ask = async <Row>(em: EntityManager, given: readonly RawBuilder<unknown>[], query: Expression<Row>) => {
  const before = given.length === 0 ? sql`` : sql`with ${sql.join(given)} `;
  return (await sql<Row>`${before}${query}`.execute(helpdesk(em))).rows;
};

const select = async (em: EntityManager, query: SearchQuery, filters: readonly Condition[], wanted: Wanted) => {
  const order = orderOf(query);
  const limit = query.limit + 1;
  const { given, parts, counted } =
    filters.length > 0 || namesPeople(wanted)
      ? amongFiltered(wanted, filters, order.bestFirst)
      : amongAll(ranksOf(wanted.sought, order.bestFirst));
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
    // The limit comes before the sort, so nothing is searched beyond a full page.
    .selectFrom(ranked.limit(limit).as('page'))
    .selectAll('page')
    .select(total.as('total'))
    .orderBy('rank')
    .orderBy(order.property, order.direction)
    .orderBy('id', order.direction);
  const rows = await ask(em, given, page);
  if (rows[0]) return { rows, count: rows[0].total };
  // A page after the last has no row that could carry the total.
  if (query.cursor === undefined) return { rows, count: 0 };
  const [all] = await ask(em, given, helpdesk(em).selectNoFrom(total.as('total')));
  return { rows, count: all?.total ?? 0 };
};

type Found = Awaited<ReturnType<typeof select>>;

/** A page of the tickets that a search finds in a list. Requesters do not see the e-mail addresses of their assignees. */
export const search = async (
  em: EntityManager,
  query: SearchQuery,
  requesterId: number | null,
  tickets: TicketSearch,
): Promise<Found> => {
  const filters = filtersOf(query, requesterId);
  const wanted = await tickets.wantedBy(em, query.q, requesterId === null ? 'name and e-mail' : 'name');
  if (wanted.sought.length === 0) return { rows: [], count: 0 };
  const list = helpdesk(em).selectFrom('helpdesk.ticket as t').where(eb.and(filters)).select('t.number');
  return searchTwice(tickets, em, wanted, filters.length === 0 ? null : list, (meant) =>
    select(em, query, filters, meant),
  );
};
