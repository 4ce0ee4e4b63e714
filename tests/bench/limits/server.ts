import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import pg from 'pg';
import { readConfig } from '../../../api/config.ts';
import { type Plan, sessionHash, swapped, tokens } from './plan.ts';

// The limit of every row that uses PostgreSQL: the same statements with bare `pg` behind a bare Hono route, without checks,
// mapping or log. Like in the product, statements are not prepared. Arguments: the plan's file and an empty page's folder.

const [planFile = '', pageFolder = ''] = process.argv.slice(2);
const { DATABASE_URL, DATABASE_POOL, HOST, PORT } = readConfig();
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: DATABASE_POOL });
const readPlan = async (): Promise<Plan> => JSON.parse(await readFile(planFile, 'utf8'));
let plan: Plan = {};

// Ticket numbers that the product does not use.
let numbers = 0;
const nextNumber = (): string => {
  numbers += 1;
  return `TX2999${String(numbers).padStart(10, '0')}`;
};

/** The number of rows that the product reads for a page of a list. */
const mostRows = 51;

const run = async (row: string, variant: number, cookie: string): Promise<unknown[][]> => {
  const statements = plan[row]?.[variant];
  if (!statements) throw new Error(`The plan has no ${row} ${variant}`);
  const swap = [
    [tokens.session, sessionHash(cookie)],
    [tokens.key, randomUUID()],
    [tokens.number, nextNumber()],
  ] as const;
  const connection = await pool.connect();
  try {
    const answers: unknown[][] = [];
    for (const statement of statements) {
      const { text, values } = swapped(statement, swap);
      const { rows } = await connection.query<Record<string, unknown>>(text, values);
      answers.push(rows.slice(0, mostRows));
    }
    return answers.slice(1);
  } finally {
    connection.release();
  }
};

const app = new Hono();
app.post('/plan', async (c) => {
  plan = await readPlan();
  return c.json({ rows: Object.keys(plan) });
});
app.get('/limit/:row/:variant', async (c) => {
  const { row, variant } = c.req.param();
  return c.json(await run(row, Number(variant), c.req.header('cookie') ?? ''));
});
app.post('/limit/:row/:variant', async (c) => {
  await c.req.json();
  const { row, variant } = c.req.param();
  return c.json(await run(row, Number(variant), c.req.header('cookie') ?? ''), 201);
});
app.use('*', serveStatic({ root: pageFolder, precompressed: true }));

serve({ fetch: app.fetch, hostname: HOST, port: PORT }, () => console.log('limit ready'));
process.once('SIGTERM', () => process.exit(0));
