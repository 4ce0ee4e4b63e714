import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPassword } from '../../api/auth/people.fixture.ts';
import { revokeRole } from '../../api/auth/roles.service.ts';
import { openBrowser } from '../../api/http/browser.fixture.ts';
import { Notification } from '../../api/notification/notification.entity.ts';
import { type Actor, act, makeWorld, readTask, readTicket, review, type World } from '../../tests/factories.ts';
import { openMailbox, type TestMailbox } from '../../tests/stack.ts';
import { createStages } from '../../tests/stages.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { reconcileOnce } from './reconcile-once.fixture.ts';

// Temporal has lost everything: the same database now runs with an empty namespace.

let mailbox: TestMailbox;
let before: TestSystem;
let after: TestSystem;
let world: World;
let open: string[];
let over: string[];
let rowsBefore: object[];

const query = (sql: string, values: unknown[] = []) => before.context.orm.em.fork().execute<object[]>(sql, values);
const tickets = () =>
  query('select number, version, workflow_state as workflow, due_at, closes_at from helpdesk.ticket order by number');
const workflowOf = (number: string) => after.context.temporal.workflow.getHandle(ticketWorkflowId(number));

/** The same person, signed in at the API that uses the new Temporal. */
const signedIn = async ({ id, email }: Actor): Promise<Actor> => {
  const browser = openBrowser(after.app);
  await browser.signIn({ email, password: testPassword });
  return { id, email, browser };
};

beforeAll(async () => {
  mailbox = await openMailbox();
  before = await startSystem();
  world = await makeWorld(before);
  const stages = createStages(world);
  open = [await stages.new(), await stages.triage(), await stages.resolve(), await stages.resolved()];
  over = [await stages.closed(), await stages.rejected(), await stages.withdrawn()];
  const role = { userId: world.budgetManager.id, system: 'tts', role: 'budget_manager' } as const;
  await until(async () => (await query('select 1 from outbox')).length === 0);
  // From here on nothing reaches the old Temporal.
  await before.relay.stop();
  await revokeRole(before.context.orm.em.fork(), role);
  await query('delete from outbox');
  await before.workers.stop();
  rowsBefore = await tickets();
  after = await startSystem({ DATABASE_URL: before.context.config.DATABASE_URL, SMTP_URL: mailbox.smtpUrl });
});
afterAll(async () => {
  await after?.close();
  await before?.close();
  await mailbox?.close();
});

test('every open ticket gets its workflow back with its state, version and deadlines', async () => {
  const { restarted, caughtUp, ended, unresolved } = await reconcileOnce(after.context);
  expect({ caughtUp, ended, unresolved }).toEqual({ caughtUp: 0, ended: 0, unresolved: 0 });
  expect(restarted).toBeGreaterThanOrEqual(open.length);
  for (const number of open) {
    const [row] = await query('select workflow_state as workflow from helpdesk.ticket where number = ?', [number]);
    const state: TicketState = await until(() => workflowOf(number).query<TicketState>('state'));
    expect(row).toMatchObject({ workflow: state.version === 0 ? null : state });
  }
  expect(await tickets()).toEqual(rowsBefore);
});

test('a ticket that is over gets no workflow', async () => {
  for (const number of over) await expect(workflowOf(number).describe()).rejects.toThrow();
});

test('pending mails are sent, each once', async () => {
  await until(
    async () => (await query(`select 1 from notification.mail where state in ('pending', 'sending')`)).length === 0,
  );
  expect(mailbox.messages()).toHaveLength((await query('select distinct digest from notification.mail')).length);
  // A mail about one ticket names it in its subject, one about several above each text.
  const mails = mailbox.messages().map(({ subject, text }) => (text.startsWith('[') ? text : `${subject}\n${text}`));
  for (const { ticket, title, body } of await before.context.orm.em.fork().findAll(Notification)) {
    const about = mails.flatMap((mail) => mail.split(/^(?=\[TX)/m)).filter((part) => part.startsWith(`[${ticket}]`));
    const telling = about.filter((part) => part.includes(title) && part.includes(body));
    expect(telling, `${ticket} ${title}`).toHaveLength(1);
  }
});

test('changes of auth that were not synced yet arrive', async () => {
  await until(async () => {
    const rows = await query('select 1 from tracking.role_member where user_id = ? and not active', [
      world.budgetManager.id,
    ]);
    return rows.length === 1;
  });
});

test('a second check finds nothing to do', async () => {
  const { checked: _, ...done } = await reconcileOnce(after.context);
  expect(done).toEqual({ restarted: 0, caughtUp: 0, ended: 0, hinted: 0, unresolved: 0 });
});

test('the workflows go on where they were and notify nobody twice', async () => {
  const [, triage = '', resolve = '', resolved = ''] = open;
  const [assetManager, employee, admin] = [
    await signedIn(world.assetManager),
    await signedIn(world.employee),
    await signedIn(world.admin),
  ];
  const notified = await before.context.orm.em.fork().count(Notification, { ticket: resolve });
  expect((await act(assetManager, resolve, 'approve')).status).toBe(200);
  expect((await readTicket(employee, resolve)).version).toBe(3);
  expect((await review(employee, resolved, 'close', {})).body).toMatchObject({ status: 'closed' });
  expect(await workflowOf(resolved).result()).toBe('closed');
  expect((await readTask(admin, triage)).state).toBe('held');
  expect(await before.context.orm.em.fork().count(Notification, { ticket: resolve })).toBe(notified + 1);
});
