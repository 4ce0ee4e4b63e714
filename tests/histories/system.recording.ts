import { afterAll, beforeAll, expect, test } from 'vitest';
import { assignRole, createRole, revokeRole } from '../../api/auth/roles.service.ts';
import { forms } from '../../api/helpdesk/form.fixture.ts';
import { startSeed } from '../../seeds/command/follow.ts';
import { deliveryWorkflowType, syncWorkflowTypes, ticketWorkflowId } from '../../workflows/names.ts';
import { workflowSeedType } from '../../workflows/seed/names.ts';
import { act, laptopForm, makeWorld, readTask, review, submit, type World } from '../factories.ts';
import { openMailbox, type TestMailbox } from '../stack.ts';
import { startSystem, type TestSystem } from '../system.ts';
import { until } from '../until.ts';
import { keepHistory } from './keep.ts';

// The whole product on real servers, as people use it.

let mailbox: TestMailbox;
let system: TestSystem;
let world: World;
beforeAll(async () => {
  mailbox = await openMailbox();
  system = await startSystem({ SMTP_URL: mailbox.smtpUrl });
  world = await makeWorld(system);
});
afterAll(async () => {
  await system.close();
  await mailbox.close();
});

const em = () => system.context.orm.em.fork();
const workflowOf = (workflowId: string) => system.context.temporal.workflow.getHandle(workflowId);
const keepTicket = (name: string, number: string) => keepHistory(name, workflowOf(ticketWorkflowId(number)));

const opened = async (form: object, department: string): Promise<string> => {
  const number = await submit(world.employee, form);
  expect((await review(world.coordinator, number, 'open', { priority: 'high', department })).status).toBe(200);
  return number;
};

test('a ticket from submission to closing, sent back once', async () => {
  const number = await opened(laptopForm, 'asset');
  await act(world.admin, number, 'submit');
  await act(world.assetManager, number, 'reject');
  await act(world.admin, number, 'submit');
  await act(world.assetManager, number, 'approve');
  await act(world.admin, number, 'finalize');
  await review(world.employee, number, 'close', {});
  expect(await workflowOf(ticketWorkflowId(number)).result()).toBe('closed');
  await keepTicket('ticket-full-story', number);
});

test('a ticket that is rejected in review', async () => {
  const number = await submit(world.employee);
  await review(world.coordinator, number, 'reject', { reason: 'Asked for twice.' });
  expect(await workflowOf(ticketWorkflowId(number)).result()).toBe('rejected');
  await keepTicket('ticket-rejected', number);
});

test('a ticket that is withdrawn at a step', async () => {
  const number = await opened(laptopForm, 'asset');
  await act(world.admin, number, 'submit');
  await review(world.employee, number, 'withdraw', { reason: 'No longer needed.' });
  expect(await workflowOf(ticketWorkflowId(number)).result()).toBe('withdrawn');
  await keepTicket('ticket-withdrawn', number);
});

test('a ticket that no workflow matches, until an admin chooses one', async () => {
  await em().execute(
    `update tracking.workflow_definition set published_version = null where category = 'general_request'`,
  );
  const number = await opened(forms.general_request, 'it');
  const { items } = (await world.admin.browser.get('/api/tracking/workflows')).body;
  const { id } = items.find((item: { category: string }) => item.category === 'it_support');
  const route = { version: 1, workflowVersionId: id };
  expect((await world.admin.browser.post(`/api/tracking/tasks/${number}/route`, route)).status).toBe(200);
  await act(world.admin, number, 'submit');
  await keepTicket('ticket-unrouted', number);
});

test('a ticket whose role loses its only member and gets one again', async () => {
  const number = await opened(forms.budget_proposal, 'budget');
  const role = { userId: world.budgetManager.id, system: 'tts', role: 'budget_manager' } as const;
  await act(world.admin, number, 'submit');
  await revokeRole(em(), role);
  await until(async () => (await readTask(world.admin, number)).state === 'waiting');
  await assignRole(em(), role);
  await until(async () => (await readTask(world.admin, number)).assignee?.id === role.userId);
  await act(world.budgetManager, number, 'approve');
  await keepTicket('ticket-members-changed', number);
});

/** All completed workflows of a type; Temporal's list lags a little. */
const finished = ({ context }: TestSystem, type: string) =>
  until(async () => {
    const workflows: { workflowId: string; historyLength?: number }[] = [];
    const query = `WorkflowType = '${type}' and ExecutionStatus = 'Completed'`;
    for await (const workflow of context.temporal.workflow.list({ query })) workflows.push(workflow);
    return workflows.length > 0 && workflows;
  });

/** Keeps the longest history of a workflow type. */
const keepLongest = async (name: string, type: string): Promise<void> => {
  const workflows = await finished(system, type);
  const [longest] = workflows.toSorted((a, b) => (b.historyLength ?? 0) - (a.historyLength ?? 0));
  await keepHistory(name, workflowOf(longest?.workflowId ?? ''));
};

test('the syncs from auth', async () => {
  await createRole(em(), { system: 'tts', name: 'Auditor' });
  await keepLongest('sync-role', syncWorkflowTypes.role);
  await keepLongest('sync-user-system-role', syncWorkflowTypes.userSystemRole);
  await keepLongest('sync-user', syncWorkflowTypes.user);
  await keepLongest('sync-employee', syncWorkflowTypes.employee);
});

test('a mail', async () => {
  await until(() => mailbox.messages().length > 0);
  await keepLongest('mail-sent', deliveryWorkflowType);
});

test('the seeding of an empty installation', async () => {
  const other = await startSystem();
  try {
    const { handle } = await startSeed(other.context.temporal, 'base', {});
    await handle.result();
    await keepHistory('seed-base', handle);
    const [child] = await finished(other, workflowSeedType);
    await keepHistory('seed-workflows', other.context.temporal.workflow.getHandle(child?.workflowId ?? ''));
  } finally {
    await other.close();
  }
});
