import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { keepFocus } from '../lib/focus-keeper.ts';
import { answerWith, json, marta, type Sent, visit } from '../lib/page.fixture.tsx';
import { ticket as anybodys } from '../review/review.fixture.ts';
import TicketPage from './ticket.page.tsx';

const yes = { allowed: true, why: null };
const no = { allowed: false, why: 'It is over.' };
const mine: TicketView = {
  ...anybodys,
  requester: marta.user,
  actions: { ...anybodys.actions, withdraw: yes },
};
const rejected: TicketView = {
  ...mine,
  status: 'rejected',
  version: 5,
  actions: { ...mine.actions, withdraw: no },
  timeline: [
    {
      id: 9,
      version: 5,
      at: new Date().toISOString(),
      actor: { id: 3, name: 'Ivy Chen' },
      event: { kind: 'refused', reason: 'We have none left.' },
    },
  ],
};

let ticket: TicketView;
let posted: Sent[];
let page: ReturnType<typeof visit>;

const withdrawDialog = async () => {
  fireEvent.click(await screen.findByRole('button', { name: 'Withdraw the ticket' }));
  return screen.findByRole('dialog');
};

beforeEach(() => {
  ticket = mine;
  posted = answerWith(marta, () => json(ticket));
  page = visit(`/help/tickets/${mine.number}`, '/help/tickets/:number', TicketPage);
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test('when the ticket is decided while its requester writes why they withdraw it, dialog and text stay', async () => {
  const dialog = await withdrawDialog();
  const field = within(dialog).getByLabelText('Why?');
  fireEvent.input(field, { target: { value: 'I found one myself.' } });
  ticket = rejected;
  await page.client.invalidateQueries();
  expect((await within(dialog).findByRole('alert')).textContent).toContain('Ivy Chen did not take it on');
  expect(screen.queryByText('You do not need it any more?')).toBeNull();
  expect(field).toHaveProperty('value', 'I found one myself.');
  fireEvent.submit(field);
  expect(posted).toEqual([]);
});

test('after withdrawing, the focus is on the sentence that says so', async () => {
  const stop = keepFocus();
  const dialog = await withdrawDialog();
  const field = within(dialog).getByLabelText('Why?');
  fireEvent.input(field, { target: { value: 'I found one myself.' } });
  field.focus();
  ticket = { ...rejected, status: 'withdrawn', reason: 'I found one myself.' };
  fireEvent.submit(field);
  await waitFor(() => expect(document.activeElement?.hasAttribute('data-lands')).toBe(true));
  expect(document.activeElement?.textContent).toContain('I found one myself.');
  stop();
});

test('a reason that was not sent is there again when the dialog is opened again', async () => {
  const dialog = await withdrawDialog();
  fireEvent.input(within(dialog).getByLabelText('Why?'), { target: { value: 'I found one myself.' } });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Keep it' }));
  expect(within(await withdrawDialog()).getByLabelText('Why?')).toHaveProperty('value', 'I found one myself.');
});
