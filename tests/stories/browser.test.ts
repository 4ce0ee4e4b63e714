import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeUser } from '../../api/auth/people.fixture.ts';
import { type Context, createContext } from '../../api/context.ts';
import { publishDefinition } from '../../api/tracking/definitions.service.ts';
import { RoleMember } from '../../api/tracking/members.entity.ts';
import { freePorts } from '../../dev/ports.ts';
import { workflowSeeds } from '../../seeds/workflows.ts';
import { laptopForm } from '../factories.ts';
import { startApi, startWorker, type TestProcess } from '../processes.ts';
import { freshDatabase, freshNamespace, type TestDatabase, testConfig } from '../stack.ts';
import { until } from '../until.ts';

let folder: string;
let database: TestDatabase;
let context: Context;
let processes: TestProcess[] = [];
let chrome: Browser;
let address: string;

type Account = Awaited<ReturnType<typeof makeUser>>;
let employee: Account;
let coordinator: Account;
let admin: Account;
let assetManager: Account;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tickets-web-'));
  const building = build({
    root: 'web',
    configFile: 'web/vite.config.ts',
    logLevel: 'error',
    build: { outDir: folder },
  });
  const [port = 0] = await freePorts(1);
  address = `http://localhost:${port}`;
  database = await freshDatabase();
  const config = testConfig({
    DATABASE_URL: database.url,
    TEMPORAL_NAMESPACE: await freshNamespace(),
    PORT: port,
    PUBLIC_URL: address,
    WEB_DIST: folder,
  });
  context = await createContext(config, 'test');
  await building;
  processes = await Promise.all([startApi(config), startWorker(config)]);
  employee = await makeUser(context.orm, { hdts: ['Employee'] }, { firstName: 'Clara', lastName: 'Duarte' });
  coordinator = await makeUser(context.orm, { hdts: ['Ticket Coordinator'] });
  admin = await makeUser(context.orm, { tts: ['Admin'] }, { firstName: 'Noor', lastName: 'Haddad' });
  assetManager = await makeUser(context.orm, { tts: ['Asset Manager'] });
  for (const workflow of workflowSeeds) await publishDefinition(context.orm.em.fork(), workflow);
  await until(async () => (await context.orm.em.fork().count(RoleMember, { active: true })) === 2);
  chrome = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await chrome?.close();
  await Promise.all(processes.map((process) => process.stop()));
  await context.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const troubles: string[] = [];
const subject = /Laptop for the field audit/;

const signIn = async ({ email, password }: Account): Promise<Page> => {
  const page = await (await chrome.newContext()).newPage();
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.goto(address);
  // As a password manager does it that sends no input event.
  const fill = (label: string, text: string) =>
    page.getByLabel(label, { exact: true }).evaluate((field: HTMLInputElement, value) => {
      field.value = value;
    }, text);
  await fill('E-mail', email);
  await fill('Password', password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
};

/** Nothing that axe finds, no page that scrolls by a hair, and notifications that can be read. */
const expectSound = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' ')}`,
    ),
  ).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).not.toBe(1);
  await page
    .getByTitle(/^Notifications/)
    .filter({ visible: true })
    .click();
  const panel = page.getByRole('region', { name: 'Notifications' });
  await panel.getByRole('link').or(panel.getByText('No notifications yet')).first().waitFor();
  expect((await panel.boundingBox())?.width).toBeGreaterThan(300);
  await page.keyboard.press('Escape');
};

/** Does something and waits until the API has accepted it. */
const answered = async (page: Page, path: string, command: () => Promise<void>): Promise<void> => {
  const answer = page.waitForResponse((response) => response.url().endsWith(path));
  await command();
  expect((await answer).status()).toBe(200);
};

const openFromQueue = async (page: Page): Promise<void> => {
  await page.goto(`${address}/desk`);
  await page.getByRole('link', { name: subject }).first().click();
};

/** Acts on the step like an agent, by one click. No other ticket is left, so the page goes back to the list. */
const act = async (page: Page, action: string): Promise<void> => {
  await openFromQueue(page);
  await page.getByRole('button', { name: action, exact: true }).click();
  await page.waitForURL(`${address}/desk`);
};

/** Acts with a note, which Ctrl+Enter sends. */
const actSaying = async (page: Page, button: string, note: string): Promise<void> => {
  await openFromQueue(page);
  await page.getByRole('button', { name: button, exact: true }).click();
  const field = page.getByRole('dialog').getByRole('textbox');
  await field.fill(note);
  await field.press('Control+Enter');
  await page.waitForURL(`${address}/desk`);
};

test('each kind of user does their part in the pages and sees what the others did', async () => {
  const portal = await signIn(employee);
  await portal.getByRole('link', { name: /Asset Check Out/ }).click();
  await portal.getByLabel('Kind').selectOption('Laptop');
  await portal.getByLabel('Device').selectOption('LN-2024-003');
  await portal.getByLabel('Where you will use it').selectOption('Branch Office North');
  await portal.getByLabel('Expected return date').fill(laptopForm.expectedReturnDate);
  await portal.getByLabel('Subject').fill('Laptop for the field audit, Branch North');
  await portal.getByLabel('Description').fill('I audit the branch in the north and need a docking port.');
  await portal.getByRole('button', { name: 'Send the request' }).click();
  await portal.waitForURL(/\/help\/tickets\/TX\d{14}$/);
  await portal.getByText('Sent, not yet read').first().waitFor();
  const path = new URL(portal.url()).pathname;
  await expectSound(portal);

  const review = await signIn(coordinator);
  await review.getByRole('link', { name: subject }).first().click();
  await review.getByRole('radio', { name: 'High' }).check();
  await expectSound(review);
  await answered(review, '/open', () => review.getByRole('button', { name: /^Open the ticket/ }).click());
  await portal.reload();
  await portal.getByText('Someone is working on it').first().waitFor();

  const desk = await signIn(admin);
  await act(desk, 'Submit');
  const store = await signIn(assetManager);
  await actSaying(store, 'Reject', 'The approval of the manager is missing.');
  await openFromQueue(desk);
  await desk.getByText('The approval of the manager is missing.').waitFor();
  await act(desk, 'Submit');
  await actSaying(store, 'Approve with a note', 'Handed over, the serial fits the tag.');
  const atDesk = `${address}/desk/tickets/${path.split('/').at(-1)}`;
  await desk.goto(atDesk);
  await desk.getByText('Internal note', { exact: true }).click();
  await desk.getByRole('textbox', { name: 'Internal note' }).fill('The spare lies in the warehouse, shelf C2.');
  await desk.getByRole('button', { name: 'Add note' }).click();
  await store.goto(atDesk);
  await store.getByText('The spare lies in the warehouse, shelf C2.').waitFor();
  await portal.reload();
  await portal.getByRole('textbox', { name: 'Message' }).fill('I come at nine to fetch it.');
  await portal.keyboard.press('Control+Enter');
  await portal.getByRole('article', { name: 'Public message from Clara Duarte' }).waitFor();
  expect(await portal.content()).not.toContain('shelf C2');
  await desk.reload();
  await desk.getByText('I come at nine to fetch it.').waitFor();
  await actSaying(desk, 'Finalize with a note', 'It lies at the desk of Asset Management.');

  await portal.reload();
  await portal.getByText('It lies at the desk of Asset Management.').first().waitFor();
  expect(await portal.getByText('Handed over, the serial fits the tag.').count()).toBe(0);
  await answered(portal, '/close', () => portal.getByRole('button', { name: 'Yes, it is done' }).click());
  await portal.reload();
  await portal
    .getByText(/^Closed/)
    .first()
    .waitFor();

  for (const page of [store, desk]) {
    await page.goto(`${address}/desk/tickets/${path.split('/').at(-1)}`);
    await page.getByText('Handed over, the serial fits the tag.').waitFor();
  }
  await expectSound(store);
  expect(await desk.getByRole('link', { name: /Open workflow in Temporal/ }).getAttribute('href')).toContain(
    'ticket%3ATX',
  );
  expect(troubles).toEqual([]);
});
