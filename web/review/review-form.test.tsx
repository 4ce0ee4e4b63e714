import { cleanup, fireEvent, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { answerWith, greta, json, type Sent, visit } from '../lib/page.fixture.tsx';
import { ticket } from './review.fixture.ts';
import { ReviewForm } from './review-form.tsx';

const openForm = async (shown: TicketView = ticket, answer?: (call: Sent) => Response) => {
  const onDecided = vi.fn();
  const done = { ...shown, status: 'open', version: shown.version + 1 };
  const posted = answerWith(greta, answer ?? (() => json(done)));
  visit('/review', '/review', () => (
    <ReviewForm ticket={shown} next={undefined} onDecided={onDecided} onLeave={() => undefined} />
  ));
  await screen.findByRole('form', { name: 'Decision' });
  return { posted, onDecided };
};

const submit = () => fireEvent.submit(screen.getByRole('form', { name: 'Decision' }));

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test('opening takes a priority; the department of the category is chosen already', async () => {
  const { posted, onDecided } = await openForm();
  submit();
  expect(await screen.findByText('Choose a priority.')).toBeTruthy();
  expect(posted).toHaveLength(0);
  fireEvent.click(screen.getByRole('radio', { name: /High/ }));
  submit();
  await waitFor(() => expect(onDecided).toHaveBeenCalledOnce());
  expect(posted[0]).toMatchObject({
    path: `/api/helpdesk/tickets/${ticket.number}/open`,
    body: { version: 4, priority: 'high', department: 'asset' },
  });
});

test('rejecting takes a reason, which the requester reads', async () => {
  const { posted, onDecided } = await openForm();
  fireEvent.click(screen.getByRole('radio', { name: 'Reject' }));
  submit();
  expect(await screen.findByText('Say why, in a few words.')).toBeTruthy();
  fireEvent.input(screen.getByLabelText('What Samuel reads'), { target: { value: 'We have this already as 004093.' } });
  submit();
  await waitFor(() => expect(onDecided).toHaveBeenCalledOnce());
  expect(posted[0]).toMatchObject({
    path: `/api/helpdesk/tickets/${ticket.number}/reject`,
    body: { version: 4, reason: 'We have this already as 004093.' },
  });
});

test('who may not decide reads why, and sends nothing', async () => {
  const why = 'Coordinators of the help desk review tickets.';
  const refused = { allowed: false, why };
  const { posted } = await openForm({ ...ticket, actions: { ...ticket.actions, open: refused, reject: refused } });
  fireEvent.click(screen.getByRole('radio', { name: /High/ }));
  submit();
  expect(screen.getByText(why)).toBeTruthy();
  expect(screen.getByRole('button', { name: /Open the ticket/ }).getAttribute('aria-disabled')).toBe('true');
  expect(posted).toHaveLength(0);
});

test('when somebody was faster, the page says what they did', async () => {
  const change = {
    id: 9,
    version: 5,
    at: '2026-11-23T10:00:00.000Z',
    actor: { id: 3, name: 'Ivy Chen' },
    event: { kind: 'opened', priority: 'low', department: 'it' },
  };
  const { onDecided } = await openForm(ticket, ({ method }) =>
    method === 'POST'
      ? json({ code: 'version_conflict', detail: 'The ticket has changed.', changes: [change] }, 409)
      : json({ ...ticket, version: 5 }),
  );
  fireEvent.click(screen.getByRole('radio', { name: /High/ }));
  submit();
  expect(await screen.findByText('The ticket changed while this page was open.')).toBeTruthy();
  expect(screen.getByText('Ivy Chen')).toBeTruthy();
  expect(onDecided).not.toHaveBeenCalled();
});
