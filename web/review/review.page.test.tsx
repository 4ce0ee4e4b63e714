import { cleanup, fireEvent, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { answerWith, greta, json, type Sent, visit } from '../lib/page.fixture.tsx';
import { ticket } from './review.fixture.ts';

const other: TicketView = { ...ticket, number: 'TX20261123004142', subject: 'Six chairs for room 4' };
const ivy = { id: 3, name: 'Ivy Chen' };
const openedByIvy: TicketView = {
  ...ticket,
  status: 'open',
  version: 5,
  timeline: [
    {
      id: 9,
      version: 5,
      at: new Date().toISOString(),
      actor: ivy,
      event: { kind: 'opened', priority: 'low', department: 'it' },
    },
  ],
};
const reason = 'We have this already as 004093.';

let waiting: TicketView[];
let posted: Sent[];
let page: ReturnType<typeof visit>;
let ReviewPage: Awaited<typeof import('./review.page.tsx')>['default'];

const answer = ({ path }: Sent) => {
  const number = path.split('/')[4];
  if (!number)
    return json({
      items: waiting.filter(({ status }) => status === 'new'),
      next: null,
      total: { count: 1, more: false },
    });
  return json(waiting.find((found) => found.number === number) ?? {});
};

beforeAll(async () => {
  // A window that is wide enough for list, ticket and decision; jsdom has none.
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => 0, removeEventListener: () => 0 }));
  ReviewPage = (await import('./review.page.tsx')).default;
});
beforeEach(async () => {
  waiting = [ticket, other];
  posted = answerWith(greta, answer);
  page = visit('/review', '/review/:number?', ReviewPage);
  await screen.findByRole('heading', { level: 1, name: ticket.subject });
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

const form = () => screen.getByRole('form', { name: 'Decision' });
const reject = () => {
  fireEvent.click(screen.getByRole('radio', { name: 'Reject' }));
  fireEvent.input(screen.getByLabelText('What Samuel reads'), { target: { value: reason } });
};
const refresh = () => page.client.invalidateQueries();

test('the ticket that opens by itself is in the address', () => {
  expect(page.address()).toBe(`/review/${ticket.number}`);
});

test('when somebody else decides, ticket and text stay, the page says who did what, and nothing is sent', async () => {
  reject();
  waiting = [openedByIvy, other];
  await refresh();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain(
    'Ivy Chen opened the ticket for IT with priority Low, just now.Your decision was not sent.',
  );
  expect(page.address()).toBe(`/review/${ticket.number}`);
  expect(screen.getByRole('heading', { level: 1, name: ticket.subject })).toBeTruthy();
  expect(screen.getByLabelText('What Samuel reads')).toHaveProperty('value', reason);
  fireEvent.keyDown(form(), { key: 'Enter', ctrlKey: true });
  fireEvent.submit(form());
  expect(posted).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'See where it stands' }));
  expect(await screen.findByRole('complementary', { name: 'Where it stands' })).toBeTruthy();
});

test('a new ticket at the head of the list does not take the place of the open one', async () => {
  reject();
  waiting = [{ ...other, number: 'TX20261123004140' }, ...waiting];
  await refresh();
  await waitFor(() => expect(screen.getAllByRole('link', { name: new RegExp(other.subject) })).toHaveLength(2));
  expect(screen.getByRole('heading', { level: 1, name: ticket.subject })).toBeTruthy();
  expect(screen.getByLabelText('What Samuel reads')).toHaveProperty('value', reason);
});

test('what was written is there again when the ticket is opened again, and not at another ticket', async () => {
  reject();
  fireEvent.click(screen.getByRole('link', { name: new RegExp(other.subject) }));
  await screen.findByRole('heading', { level: 1, name: other.subject });
  expect(screen.getByRole('radio', { name: 'Open' })).toHaveProperty('checked', true);
  fireEvent.click(screen.getByRole('link', { name: new RegExp(ticket.subject) }));
  await screen.findByRole('heading', { level: 1, name: ticket.subject });
  expect(screen.getByLabelText('What Samuel reads')).toHaveProperty('value', reason);
});

test('after the own decision the next ticket opens, with the focus on its subject and without the old text', async () => {
  reject();
  waiting = [{ ...ticket, status: 'rejected', version: 5 }, other];
  fireEvent.submit(form());
  const heading = await screen.findByRole('heading', { level: 1, name: other.subject });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  expect(page.address()).toBe(`/review/${other.number}`);
  expect(sessionStorage).toHaveLength(0);
});
