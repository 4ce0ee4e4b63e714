import type { Pool } from 'pg';
import type { Bench, Group } from '../bench.ts';
import { type Plan, sessionHash, tokens, withTokens } from '../limits/plan.ts';
import { openRecorder } from '../limits/record.ts';
import { clientsAt, productClients, type Role } from '../stack/sessions.ts';
import { compare } from './compare.ts';

interface ReadRow {
  row: string;
  role: Role;
  /** The paths to request, in turn. */
  paths(database: Pool): Promise<string[]>;
}

const column = async (database: Pool, sql: string): Promise<string[]> =>
  (await database.query<{ value: string }>(sql)).rows.map(({ value }) => value);

/** Rows spread over the whole table, because people look at old and new tickets. */
const spreadNumbers = `
  select number as value from (
    select number, row_number() over (order by number) as place, count(*) over () as of from tracking.task) t
  where place % greatest(1, of / 16) = 0 order by number limit 16`;

// With a thousand tickets, common filters match about ten. A page of ten at every size shows how they grow with the table
// and not with the page.
const filteredRows = 10;

const commonFilters = `
  select 'status=' || status || '&role=' || role_key || '&category=' || category || '&assignee=' ||
    assignee_id as value
  from tracking.task where assignee_id is not null and role_key is not null
  group by status, role_key, category, assignee_id order by count(*) desc, value limit 8`;

const someNumber = `select right(number, 8) as value from helpdesk.ticket order by id desc limit 1`;

/** A common word, rarer ones, two words, mistyped ones, a tag of a single ticket, a part of a number. */
const searches = async (database: Pool): Promise<string[]> => {
  const [part = ''] = await column(database, someNumber);
  const [tag = ''] = await column(
    database,
    `select right(subject, 8) as value from helpdesk.ticket where idempotency_key like 'fill:%' order by id limit 1`,
  );
  return ['laptop', 'projector', 'charger missing', 'workshop monday', 'porjector', 'workshp', tag, part];
};

const readRows: readonly ReadRow[] = [
  {
    row: 'list',
    role: 'coordinator',
    paths: async () => ['/api/helpdesk/tickets?scope=all&limit=50'],
  },
  {
    row: 'filtered list',
    role: 'admin',
    paths: async (database) =>
      (await column(database, commonFilters)).map(
        (filter) => `/api/tracking/tasks?queue=all&show=any&sort=-changed&limit=${filteredRows}&${filter}`,
      ),
  },
  {
    row: 'search',
    role: 'coordinator',
    paths: async (database) =>
      (await searches(database)).map(
        (words) => `/api/helpdesk/tickets?scope=all&limit=50&q=${encodeURIComponent(words)}`,
      ),
  },
  {
    row: 'ticket page',
    role: 'admin',
    paths: async (database) => (await column(database, spreadNumbers)).map((number) => `/api/tracking/tasks/${number}`),
  },
];

type PreparedRow = Omit<ReadRow, 'paths'> & { paths: string[] };

const record = async (bench: Bench, rows: readonly PreparedRow[]): Promise<Plan> => {
  const { servers, settings } = bench.product;
  const recorder = await openRecorder({
    ...settings,
    DATABASE_URL: servers.databaseUrl,
    TEMPORAL_ADDRESS: servers.temporalAddress,
  });
  const plan: Plan = {};
  try {
    for (const { row, role, paths } of rows) {
      const cookie = bench.sessions[role][0] ?? '';
      plan[row] = [];
      for (const path of paths) {
        const recorded = await recorder.record(path, { headers: { cookie } });
        plan[row].push(withTokens(recorded, [[sessionHash(cookie), tokens.session]]));
      }
      bench.statements[row] = plan[row][0]?.length ?? 0;
    }
  } finally {
    await recorder.close();
  }
  return plan;
};

const compareRow = async (bench: Bench, { row, role, paths }: PreparedRow, clients: number): Promise<void> => {
  const cookies = bench.sessions[role].slice(0, clients);
  const people = productClients(bench.product, cookies);
  const bare = clientsAt([bench.limits.server.url], '', cookies);
  let turn = 0;
  const next = (): number => {
    turn += 1;
    return turn % paths.length;
  };
  await compare(bench, {
    row,
    clients,
    seconds: bench.options.readSeconds,
    product: async (client) => {
      await people[client]?.get(paths[next()] ?? '');
    },
    limit: async (client) => {
      await bare[client]?.get(`/limit/${encodeURIComponent(row)}/${next()}`);
    },
  });
};

export const reads: Group = {
  name: 'reads',
  at: 'each size',
  async run(bench) {
    const rows: PreparedRow[] = [];
    for (const row of readRows) rows.push({ ...row, paths: await row.paths(bench.database) });
    await bench.limits.usePlan(await record(bench, rows));
    for (const row of rows) for (const clients of bench.options.clients) await compareRow(bench, row, clients);
  },
};
