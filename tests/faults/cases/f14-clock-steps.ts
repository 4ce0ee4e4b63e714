import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { passwords } from '../../../seeds/accounts.ts';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import { stateQuery } from '../../../workflows/ticket/messages.ts';
import type { Arena } from '../arena/arena.ts';
import type { ProductPart } from '../arena/product.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import { commandKey } from '../workload/command-key.ts';
import { assignedStep, submitted } from '../workload/task.ts';
import { during } from '../workload/workload.ts';

const hour = 3_600_000;
const idleMinutes = 120;
const minute = 60_000;
/** Triage has a quarter of the four hours that a critical ticket has. */
const triageOfCritical = hour;

interface Stepped {
  /** Sets the clocks of API and worker: this far ahead of the right time, or behind. */
  step(ms: number): Promise<void>;
  /** The usual processes are back. */
  end(): Promise<void>;
}

const lastTimeLogged = async ({ part }: ProductPart): Promise<number> => {
  const log = await readFile(part.spec.logFile ?? '', 'utf8');
  return Number(/"time":(\d+)/.exec(log.slice(log.lastIndexOf('"time":')))?.[1]);
};

/** Runs API and worker with clocks that can be set, in place of the usual ones. */
const withClocks = async (arena: Arena): Promise<Stepped> => {
  const { api, worker } = arena.product;
  const file = join(arena.servers.folder, 'clock-step');
  writeFileSync(file, '0');
  const preload = pathToFileURL(join(import.meta.dirname, '../arena/clock.ts')).href;
  const settings = { NODE_OPTIONS: `--import ${preload}`, CLOCK_STEP_FILE: file };
  await worker.part.end();
  await api.part.end();
  const parts = [
    await arena.product.add('api/server.ts', { settings: { ...settings, PORT: new URL(api.url).port } }),
    await arena.product.add('activities/worker.ts', { settings }),
  ];
  return {
    async step(ms) {
      writeFileSync(file, String(ms));
      for (const { part } of parts) process.kill(part.pid() ?? 0, 'SIGUSR2');
      // A program writes its clock into every entry of its log.
      const [api] = parts;
      await eventually('the clock of the API is wrong', async () => {
        await fetch(`${arena.product.api.url}/api/me`);
        return api !== undefined && Math.abs((await lastTimeLogged(api)) - Date.now() - ms) < minute;
      });
    },
    async end() {
      for (const { part } of parts) await part.end();
      await arena.product.ensure();
    },
  };
};

interface Session {
  /** Answers the status of a reading with this session. */
  read(): Promise<number>;
  /** Lets it end so many minutes from now, by the clock of PostgreSQL. */
  endIn(minutes: number): Promise<void>;
  /** Minutes that it has left, by the clock of PostgreSQL. */
  left(): Promise<number>;
  end(): Promise<void>;
}

const newest = `select id from auth.session where user_id = (select id from auth."user" where email = $1) order by created_at desc limit 1`;

/** Signs somebody in, besides those who work. */
const signIn = async ({ product, database, people }: Arena): Promise<Session> => {
  const { email } = people.employees[0] ?? {};
  const answer = await fetch(`${product.api.url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { origin: product.origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: passwords.employee }),
  });
  assert.equal(answer.status, 200, `Nobody can sign in while the clock is wrong: ${answer.status}`);
  const [cookie = ''] = answer.headers.get('set-cookie')?.split(';') ?? [];
  const { rows } = await database.query<{ id: string }>(newest, [email]);
  const id = rows[0]?.id;
  return {
    read: async () => (await fetch(`${product.api.url}/api/helpdesk/tickets?limit=1`, { headers: { cookie } })).status,
    async endIn(minutes) {
      const query = `update auth.session set expires_at = now() + $2 * interval '1 minute' where id = $1`;
      await database.query(query, [id, minutes]);
    },
    async left() {
      const query = `select (extract(epoch from expires_at - now()) / 60)::float8 as left from auth.session where id = $1`;
      return (await database.query<{ left: number }>(query, [id])).rows[0]?.left ?? 0;
    },
    end: async () => void (await database.query('delete from auth.session where id = $1', [id])),
  };
};

const isAbout = (value: number, wanted: number, by: number): boolean => Math.abs(value - wanted) < by;

/** A session begins, is prolonged and ends by the clock of PostgreSQL, whatever the API's says. */
const assertSessions = async (arena: Arena, clock: string): Promise<void> => {
  const session = await signIn(arena);
  const begun = await session.left();
  assert.ok(isAbout(begun, idleMinutes, 2), `${clock}, a new session has ${begun.toFixed(0)} minutes left`);
  await session.endIn(10);
  assert.equal(await session.read(), 200, `${clock}, a session that has ten minutes left is over`);
  const prolonged = await session.left();
  assert.ok(isAbout(prolonged, idleMinutes, 2), `${clock}, a session was prolonged to ${prolonged.toFixed(0)} minutes`);
  await session.endIn(-1);
  assert.equal(await session.read(), 401, `${clock}, a session that ended a minute ago is alive`);
  await session.end();
};

/** The time for a step goes by the workflow's clock, which is Temporal's. */
const assertDeadline = async (arena: Arena, random: Random, clock: string): Promise<void> => {
  const { number } = await submitted(arena, random);
  const coordinator = random.pick(arena.people.coordinators);
  const path = `/api/helpdesk/tickets/${number}/open`;
  const body = { version: 0, priority: 'critical', department: 'it' };
  const key = commandKey();
  // As people do: the same command again while the workflow has not begun yet.
  await eventually(`${number} is opened`, async () => {
    const answer = await coordinator.ask({ kind: 'command', command: 'open', ticket: number, path, body, key });
    return answer.outcome === 'ok';
  });
  const { task } = await assignedStep(arena, number);
  const left = Date.parse(task.dueAt ?? '') - Date.now();
  assert.ok(
    isAbout(left, triageOfCritical, minute),
    `${clock}, a step is due in ${(left / minute).toFixed(0)} minutes`,
  );
  assert.equal(task.overdue, false, `${clock}, a step that was just entered is late`);
  const { phase } = await arena.client.workflow.getHandle(ticketWorkflowId(number)).query(stateQuery);
  assert.equal(phase.at === 'step' && phase.dueAt, Date.parse(task.dueAt ?? ''));
  const query = `select coalesce(max(abs(extract(epoch from at - now()))), 0)::float8 as off from helpdesk.timeline_entry where ticket_number = $1`;
  const { rows } = await arena.database.query<{ off: number }>(query, [number]);
  assert.ok((rows[0]?.off ?? 0) < 60, `${clock}, a timeline entry is ${rows[0]?.off} s off`);
};

export const clockSteps: Fault = {
  id: 'F-14',
  name: 'the clock of API and worker steps an hour ahead, then an hour behind',
  async inject(arena, { random, nightly }) {
    const clocks = await withClocks(arena);
    try {
      await during(arena, random, { perSecond: 2, handled: 3 }, async () => {
        for (const [ms, clock] of [
          [hour, 'An hour ahead'],
          [-hour, 'An hour behind'],
        ] as const) {
          await clocks.step(ms);
          await assertSessions(arena, clock);
          await assertDeadline(arena, random, clock);
          await sleep(nightly ? 20_000 : 500);
        }
        await clocks.step(0);
      });
    } finally {
      await clocks.end();
    }
    return { times: 2, recovery: null };
  },
};
