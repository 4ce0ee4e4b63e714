import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeUser } from '../../api/auth/people.fixture.ts';
import { Ticket } from '../../api/helpdesk/ticket.entity.ts';
import { type BrowserWorld, openBrowserWorld, type Watched } from '../inputs/cases/browser-world.ts';
import { until } from '../until.ts';

type Account = Awaited<ReturnType<typeof makeUser>>;

let place: BrowserWorld;
let clara: Account;
let dana: Account;

beforeAll(async () => {
  place = await openBrowserWorld();
  const { orm } = place.desk.context;
  clara = await makeUser(orm, { hdts: ['Employee'] }, { firstName: 'Clara', lastName: 'Duarte' });
  dana = await makeUser(orm, { hdts: ['Employee'] }, { firstName: 'Dana', lastName: 'Petrov' });
});
afterAll(() => place.close());

const signIn = async (page: Page, { email, password }: Account): Promise<void> => {
  await page.goto(`${place.address}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
};

const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in/);
};

/** Clara's tab, with a request that is written and not sent. */
const writing = async (subject: string): Promise<Watched> => {
  const watched = await place.open(null);
  const { page } = watched;
  await signIn(page, clara);
  await page.goto(`${place.address}/help/new/general_request`);
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Description').fill('With arms, for the interviews in May.');
  return watched;
};

const requesterOf = async (subject: string): Promise<number[]> =>
  (await place.desk.context.orm.em.fork().find(Ticket, { subject })).map(({ requesterId }) => requesterId);

test('a page made for Clara does not act as Dana, who signed in in another tab; Clara signs in over it and goes on', async () => {
  const subject = 'Six chairs for room 4';
  const { page: first, troubles } = await writing(subject);
  const second = await first.context().newPage();
  await second.goto(`${place.address}/help`);
  await signOut(second);
  await signIn(second, dana);

  await first.getByRole('button', { name: 'Send the request' }).click();
  await first
    .getByText(/Dana Petrov is signed in in this browser now/)
    .first()
    .waitFor();
  expect(await requesterOf(subject)).toEqual([]);
  expect(await first.getByLabel('Subject').inputValue()).toBe(subject);

  await first.getByRole('button', { name: 'Sign in as Clara Duarte' }).click();
  const dialog = first.getByRole('dialog');
  await dialog.getByLabel('Password').fill(clara.password);
  await first.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await first.getByRole('button', { name: 'Send the request' }).click();
  await first.waitForURL(/\/help\/tickets\/TX\d+$/);
  expect(await requesterOf(subject)).toEqual([clara.id]);
  expect(troubles).toEqual([]);
});

test('what Clara wrote is asked about before the tab is left, and Dana does not find it', async () => {
  const subject = 'A lamp for the corner';
  const { page, troubles } = await writing(subject);
  // The watcher of troubles says no to every question of the browser, as somebody who wants to stay.
  await page.evaluate(() => location.assign('/help'));
  await until(() => troubles.some((text) => text.startsWith('dialog')));
  expect(await page.getByLabel('Subject').inputValue()).toBe(subject);

  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText(/It is lost when you sign out/).waitFor();
  await page.getByRole('button', { name: 'Sign out anyway' }).click();
  await page.waitForURL(/\/sign-in/);
  await signIn(page, dana);
  await page.goto(`${place.address}/help/new/general_request`);
  expect(await page.getByLabel('Subject').inputValue()).toBe('');
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(subject);
});

test('a page that does not load without a connection says so in its place, and loads when asked again', async () => {
  const { page, troubles } = await writing('A plant for the hall');
  await page.context().setOffline(true);
  await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'My tickets' }).click();
  await page.getByRole('heading', { name: 'No connection' }).waitFor();
  expect(await page.getByRole('link', { name: 'New ticket' }).first().isVisible()).toBe(true);
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await page.getByRole('heading', { name: 'My tickets' }).waitFor();
  await page.getByRole('link', { name: 'New ticket' }).first().click();
  await page.getByRole('link', { name: /General Request/ }).click();
  expect(await page.getByLabel('Subject').inputValue()).toBe('A plant for the hall');
  expect(troubles).toEqual([]);
});

test('a page of an older release says that a new version is there, and is one press away from it', async () => {
  const { page } = await writing('A shelf for the files');
  // The release has changed: its start page names other files, and this one's are gone.
  const next = '<script type="module" src="/assets/next.js"></script>';
  await page.route(`${place.address}/`, (route) => route.fulfill({ contentType: 'text/html', body: next }));
  await page.route('**/assets/tickets.page-*.js', (route) => route.fulfill({ status: 404, body: 'Not found' }));
  await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'My tickets' }).click();
  await page.getByRole('heading', { name: 'A new version is there' }).waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Load it again' }).click();
  await page.getByRole('heading', { name: 'My tickets' }).waitFor();
});
