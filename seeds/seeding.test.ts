import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { User } from '../api/auth/auth.entity.ts';
import { verifyPassword } from '../api/auth/password.ts';
import { loadSessionUser } from '../api/auth/session-user.ts';
import { createSendCommand } from '../api/commands/send-command.ts';
import { Person } from '../api/helpdesk/person.entity.ts';
import { Ticket } from '../api/helpdesk/ticket.entity.ts';
import { WorkflowDefinition } from '../api/tracking/definition.entity.ts';
import { RoleMember, TrackingRole } from '../api/tracking/members.entity.ts';
import { Task } from '../api/tracking/task.entity.ts';
import { startSystem, type TestSystem } from '../tests/system.ts';
import { until } from '../tests/until.ts';
import { ticketWorkflowId } from '../workflows/names.ts';
import type { SeedArgs, SeedProgress } from '../workflows/seed/messages.ts';
import type { SeedCommand } from '../workflows/seed/names.ts';
import { sizes } from '../workflows/seed/parts.ts';
import { printedAccounts } from './accounts.ts';
import { followSeed, startSeed } from './command/follow.ts';
import { refusedWith, runSeed, runToEnd } from './command/run.fixture.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.close());

const em = () => system.context.orm.em.fork();
const seed = (command: SeedCommand, args: SeedArgs = {}) => runToEnd(system.context.temporal, command, args);
const refusalOf = (command: SeedCommand, args: SeedArgs = {}) => refusedWith(system.context.temporal, command, args);

const spreadOfStatuses = async (): Promise<Record<string, number>> => {
  const groups = Map.groupBy(await em().find(Ticket, {}), (ticket) => ticket.status);
  return Object.fromEntries([...groups].map(([status, tickets]) => [status, tickets.length]));
};

// The tests of this file build on each other, on one system that starts with an empty database.
describe('seeding', () => {
  test('in the wrong order is refused with the words of the guide and the command to run first', async () => {
    expect(await refusalOf('tts')).toBe('System does not exist: tts. Run: npm run seed -- systems');
    expect(await refusalOf('roles')).toBe('System does not exist: tts. Run: npm run seed -- systems');
    expect(await refusalOf('employees')).toBe('System does not exist: hdts. Run: npm run seed -- systems');
    expect(await refusalOf('workflows')).toBe('Role does not exist: Admin. Run: npm run seed -- tts');
    expect(await refusalOf('tickets')).toBe(
      'No employees found to assign tickets to. Run: npm run seed -- hdts-employees',
    );
  });

  test('systems creates four systems with their Admin roles and admins, and nothing the second time', async () => {
    const total = sizes.systems * 3;
    const accounts = ['tts', 'hdts', 'ams', 'bms'].map((slug) => `${slug}.system_admin`);
    expect(await seed('systems')).toMatchObject({ created: total, existing: 0, accounts });
    expect(await seed('systems')).toMatchObject({ created: 0, existing: total, accounts: [] });
    const admin = await em().findOneOrFail(User, { email: 'adminbms@example.com' }, { populate: ['passwordHash'] });
    expect(await verifyPassword(String(admin.passwordHash), 'admin')).toBe(true);
  });

  test('names the role that is missing', async () => {
    expect(await refusalOf('employees')).toBe('Role does not exist: Employee. Run: npm run seed -- hdts');
    expect(await refusalOf('workflows')).toBe('Role does not exist: Asset Manager. Run: npm run seed -- tts');
  });

  test('roles creates the roles of TTS and ends when ticket tracking has them', async () => {
    // `systems` has already created the Admin.
    expect(await seed('roles')).toMatchObject({ created: sizes.roles.tts - 1, existing: 1 });
    const names = (await em().find(TrackingRole, {}, { orderBy: { name: 'asc' } })).map((role) => role.name);
    expect(names).toEqual(['Admin', 'Asset Manager', 'Budget Manager']);
    expect(await seed('roles')).toMatchObject({ created: 0, existing: sizes.roles.tts });
  });

  test('tts creates its accounts and triggers the seeding of the five workflows', async () => {
    expect(await seed('tts')).toMatchObject({ created: sizes.accounts.tts, existing: sizes.roles.tts });
    await until(async () => (await em().count(WorkflowDefinition, { publishedVersion: 1 })) === sizes.workflows);
    const query = "WorkflowType = 'workflow_seed'";
    await until(async () => (await system.context.temporal.workflow.count(query)).count === 1);
    expect(await seed('tts')).toMatchObject({ created: 0, existing: sizes.accounts.tts + sizes.roles.tts });
  });

  test('workflows finds the five of the guide and publishes no second version', async () => {
    expect(await seed('workflows')).toMatchObject({ created: 0, existing: sizes.workflows });
    expect(await em().count(WorkflowDefinition, { publishedVersion: 1 })).toBe(sizes.workflows);
  });

  test('hdts creates its roles and accounts, and nothing the second time', async () => {
    const { roles, accounts } = { roles: sizes.roles.hdts, accounts: sizes.accounts.hdts };
    const made = { created: roles - 1 + accounts, existing: 1, accounts: ['hdts.ticket_coordinator', 'hdts.admin'] };
    expect(await seed('hdts')).toMatchObject(made);
    expect(await seed('hdts')).toMatchObject({ created: 0, existing: roles + accounts, accounts: [] });
  });

  test('employees creates the eight of the base data and the requested number of others', async () => {
    expect(await seed('employees')).toMatchObject({ created: sizes.employees, existing: 0 });
    expect(await seed('employees', { count: 6 })).toMatchObject({ created: 6, existing: sizes.employees });
    expect(await seed('employees', { count: 6 })).toMatchObject({ created: 0, existing: sizes.employees + 6 });
  });

  test('a count out of range is refused', async () => {
    expect(await refusalOf('hdts_employees', { count: 0 })).toBe('count must be a whole number from 1 to 5000.');
    expect(await refusalOf('tickets', { count: 1.5 })).toBe('count must be a whole number from 1 to 5000.');
  });

  test('hdts-employees creates people in all roles and states, who reach the help desk', async () => {
    expect(await seed('hdts_employees', { count: 15 })).toMatchObject({ created: 15, existing: 0 });
    expect(await seed('hdts_employees', { count: 30 })).toMatchObject({ created: 15, existing: 15 });
    // Everybody with an account is known there.
    const users = await em().count(User);
    await until(async () => (await em().count(Person)) === users);
    expect(await em().count(Person, { active: false })).toBeGreaterThanOrEqual(20);
  });

  test('every printed account can sign in', async () => {
    for (const { email, password } of printedAccounts) {
      const answer = await system.app.request('/api/auth/sign-in', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: system.context.config.PUBLIC_URL },
        body: JSON.stringify({ email, password }),
      });
      expect(answer.status, email).toBe(200);
    }
  });

  test('tickets of every fate are submitted and moved by their own workflows, and only once', async () => {
    await until(async () => (await em().count(RoleMember, { active: true })) === sizes.accounts.tts + 1);
    const report = await seed('tickets', { count: 25 });
    expect(report).toMatchObject({ created: 25, existing: 0 });
    expect(report.numbers?.first).toMatch(/^TX\d{14}$/);
    const spread = await spreadOfStatuses();
    expect(spread).toEqual({ new: 4, open: 4, in_progress: 8, resolved: 2, closed: 3, rejected: 2, withdrawn: 2 });
    const before = await em().find(Ticket, {}, { orderBy: { id: 'asc' }, fields: ['number', 'version'] });
    expect(await seed('tickets', { count: 25 })).toMatchObject({ created: 0, existing: 25, numbers: null });
    const after = await em().find(Ticket, {}, { orderBy: { id: 'asc' }, fields: ['number', 'version'] });
    expect(after.map(({ number, version }) => [number, version])).toEqual(
      before.map(({ number, version }) => [number, version]),
    );
  });

  test('a ticket that somebody has moved since stays where it is', async () => {
    const waiting = await em().findOneOrFail(Ticket, { idempotencyKey: { $like: 'seed:tickets:%' }, status: 'open' });
    const { number, version, requesterId: actorId } = waiting;
    const requester = await loadSessionUser(em(), actorId);
    if (!requester) throw new Error('The requester may not sign in');
    const withdraw = { kind: 'withdraw', version, input: {}, note: 'Found it myself.', key: 'withdraw-it' } as const;
    await createSendCommand(system.context)(em(), number, requester, withdraw);
    expect(await seed('tickets', { count: 25 })).toMatchObject({ created: 0, existing: 25 });
    expect((await em().findOneOrFail(Ticket, { number: waiting.number })).status).toBe('withdrawn');
  });

  test('tickets-open are opened and routed to triage', async () => {
    const report = await seed('tickets_open', { count: 5 });
    expect(report).toMatchObject({ created: 5, existing: 0 });
    const opened = await em().find(Ticket, { idempotencyKey: { $like: 'seed:tickets_open:%' } });
    expect(opened.map((ticket) => ticket.status)).toEqual(Array(5).fill('open'));
    const tasks = await em().find(Task, { number: opened.map((ticket) => ticket.number) });
    expect(tasks.map((task) => [task.state, task.stepName])).toEqual(Array(5).fill(['held', 'Triage']));
  });

  test('a running command can be joined and shows its progress', async () => {
    const client = system.context.temporal;
    const first = await startSeed(client, 'tickets', { count: 30 });
    const second = await startSeed(client, 'tickets', { count: 1 });
    expect([first.joined, second.joined]).toEqual([false, true]);
    const seen: SeedProgress[] = [];
    await followSeed(client, second.handle, { progress: (progress) => seen.push(progress), say() {} });
    expect(seen[0]).toMatchObject({ total: 60 });
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
  });

  test('base finds that everything exists', async () => {
    expect(await seed('base')).toMatchObject({ created: 0 });
  });

  test('the command prints one JSON object for scripts', async () => {
    const { code, stdout } = await runSeed(['seed_systems', '-o', 'json'], system.context.config);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'systems',
      workflowId: 'seed:systems',
      status: 'completed',
      created: 0,
      existing: sizes.systems * 3,
    });
    expect(code).toBe(0);
  });

  test('the command prints plain lines into a pipe', async () => {
    const { code, stdout } = await runSeed(['tickets', '--count', '5'], system.context.config);
    expect(stdout).toContain('Submitting tickets: 5 there already');
    expect(stdout).toContain('seed:tickets');
    expect(code).toBe(0);
  });

  test('all with a flush deletes everything, ends the ticket workflows and seeds again', async () => {
    const old = (await em().find(Ticket, {}, { fields: ['number'] })).map((ticket) => ticket.number);
    // The Admin of TTS and of HDTS come with the systems.
    expect(await seed('all', { flush: true, people: 15, tickets: 6, ticketsOpen: 2 })).toMatchObject({ existing: 2 });
    expect(await em().count(Ticket)).toBe(8);
    expect(await em().count(Ticket, { number: old })).toBe(0);
    const client = system.context.temporal;
    const states = await Promise.all(
      old.map(async (number) => (await client.workflow.getHandle(ticketWorkflowId(number)).describe()).status.name),
    );
    expect(states).not.toContain('RUNNING');
  });
});
