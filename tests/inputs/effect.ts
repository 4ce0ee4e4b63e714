import { expect } from 'vitest';
import { until } from '../until.ts';
import { type Histories, historiesOf, newEvents, workflowsAtRest } from './histories.ts';
import type { Target } from './target.ts';

// What changes by itself, whether a request is accepted or refused.
const changesByItself: Record<string, string> = {
  'auth.rate_limit': 'it counts tries, and a refused one is a try',
  'auth.session.expires_at': 'a session that is used lasts longer',
  'public.outbox.attempts': 'the relay tries again while Temporal is away',
  'public.outbox.next_try_at': 'the relay tries again while Temporal is away',
  'public.outbox.last_error': 'the relay tries again while Temporal is away',
};

interface Column {
  table: string;
  column: string;
}

interface TableState {
  table: string;
  rows: number;
  /** Changes with every value of every row. */
  sum: string;
}

/** All that a request could have changed. */
export interface World {
  tables: TableState[];
  workflows: number;
  histories: Histories;
}

type Place = Pick<Target, 'context' | 'hasWorkflows'>;

const selectColumns = `
  select format('%s.%s', n.nspname, c.relname) as "table", a.attname as "column"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
  order by 1, a.attnum`;

const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');

const stateOf = (table: string, columns: string[]): string => `
  select '${table}' as "table", count(*)::int as "rows", coalesce(sum(hashtextextended(content, 0)::numeric), 0)::text as "sum"
  from (select row(${columns.map(quoted).join(', ')})::text as content from ${quoted(table)}) as rows`;

/** The state of every table of every schema. The list comes from PostgreSQL's catalogue, so a new table is watched, too. */
export const tablesOf = async ({ context }: Pick<Place, 'context'>): Promise<TableState[]> => {
  const em = context.orm.em.fork();
  const all = await em.execute<Column[]>(selectColumns);
  const watched = all.filter(
    ({ table, column }) => !(table in changesByItself) && !(`${table}.${column}` in changesByItself),
  );
  const tables = Map.groupBy(watched, ({ table }) => table);
  const states = [...tables].map(([table, columns]) =>
    stateOf(
      table,
      columns.map(({ column }) => column),
    ),
  );
  return em.execute<TableState[]>(states.join(' union all '));
};

const countWorkflows = async ({ context, hasWorkflows }: Place): Promise<number> =>
  hasWorkflows ? (await context.temporal.workflow.count()).count : 0;

export const worldOf = async (place: Place): Promise<World> => ({
  tables: await tablesOf(place),
  workflows: await countWorkflows(place),
  histories: place.hasWorkflows ? await historiesOf(place.context) : {},
});

const selectUnrest = `
  select (select count(*) from outbox) + (select count(*) from notification.mail where state = 'pending') as "left"`;

/** Waits until everything that was accepted before has been carried out; returns the world as it is then. */
export const worldAtRest = async (place: Place): Promise<World> => {
  if (!place.hasWorkflows) return worldOf(place);
  let before = '';
  return until(async () => {
    const [row] = await place.context.orm.em.fork().execute<{ left: string }[]>(selectUnrest);
    if (Number(row?.left) > 0 || !(await workflowsAtRest(place.context))) return null;
    const world = await worldOf(place);
    const now = JSON.stringify(world);
    const isSame = now === before;
    before = now;
    return isSame ? world : null;
  });
};

const differentTables = (before: TableState[], after: TableState[]): string[] => {
  const known = new Map(before.map((state) => [state.table, state]));
  return after.flatMap(({ table, rows, sum }) => {
    const old = known.get(table);
    if (old?.sum === sum && old.rows === rows) return [];
    return [old?.rows === rows ? `${table} holds other values` : `${table} had ${old?.rows ?? 0} rows and has ${rows}`];
  });
};

/** What has changed since, each as a sentence. */
export const differencesSince = async (place: Place, before: World): Promise<string[]> => {
  const after = await worldOf(place);
  const inWorkflows =
    before.workflows === after.workflows ? [] : [`there were ${before.workflows} workflows and are ${after.workflows}`];
  const inHistories = await newEvents(place.context, before.histories, after.histories);
  return [...differentTables(before.tables, after.tables), ...inWorkflows, ...inHistories];
};

/** Does the work and checks that it has changed nothing. @throws AssertionError that names what it changed. */
export const withoutEffect = async <Result>(place: Place, work: () => Promise<Result>): Promise<Result> => {
  const before = await worldAtRest(place);
  const result = await work();
  const differences = await differencesSince(place, before);
  if (differences.length > 0) expect.fail(`What was refused has left traces: ${differences.join('; ')}`);
  return result;
};
