import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { useQuery } from '@tanstack/solid-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answer, api } from '../lib/api.ts';
import { hasLoaded } from '../lib/has-loaded.ts';
import { askBeforeLeaving } from '../lib/leave-page.ts';
import { answerWith, greta, json, marta, type Sent, visit } from '../lib/page.fixture.tsx';
import SubmitPage from '../portal/submit/submit.page.tsx';

const ended = () => json({ code: 'unauthenticated', detail: 'Sign in to go on.' }, 401);
const danaIsHere = () => json({ code: 'other_user', detail: 'Dana Petrov is signed in in this browser now.' }, 409);
const accepted = () => json({ number: 'TX20261123004141', status: 'new', version: 0 }, 201);

/** A page that somebody writes in while it reads something by itself. */
const Page = () => {
  const poll = useQuery(() => ({
    queryKey: ['poll'],
    queryFn: () => answer(api.helpdesk.tickets.counts.$get({ query: {} })),
  }));
  return (
    <>
      <p>{hasLoaded(poll) ? 'Loaded' : 'Not loaded'}</p>
      <button type="button" onClick={() => void poll.refetch()}>
        Poll
      </button>
      <SubmitPage />
    </>
  );
};

let reply: (call: Sent) => Response | Promise<Response>;
let posted: Sent[];
let asked: Sent[];

const open = async (me = marta) => {
  asked = [];
  posted = answerWith(me, (call) => {
    asked.push(call);
    return reply(call);
  });
  const page = visit('/help/new/general_request', '/help/new/:category', Page);
  await screen.findByText('Loaded');
  return page;
};
const subject = () => screen.getByLabelText('Subject');
const write = () => {
  fireEvent.input(subject(), { target: { value: 'Six chairs for room 4' } });
  fireEvent.input(screen.getByLabelText('Description'), { target: { value: 'With arms, for the interviews in May.' } });
};
const poll = () => fireEvent.click(screen.getByRole('button', { name: 'Poll' }));
const send = () => fireEvent.click(screen.getByRole('button', { name: 'Send the request' }));
const expectTextThere = () => expect(subject()).toHaveProperty('value', 'Six chairs for room 4');
/** Whether the browser would ask before the tab is left. */
const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

askBeforeLeaving();
beforeEach(() => {
  sessionStorage.clear();
  reply = () => json({ counts: {} });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('when the session ends while somebody writes', () => {
  test('a poll says so over the page; page and text stay', async () => {
    const { address } = await open();
    write();
    reply = ended;
    poll();
    expect(await screen.findByText('You were signed out.')).toBeTruthy();
    expect(address()).toBe('/help/new/general_request');
    expect(screen.getByText('Loaded')).toBeTruthy();
    expectTextThere();
  });

  test('sending asks to sign in over the page; afterwards the same request goes out with the same key', async () => {
    const { address } = await open();
    write();
    reply = ended;
    send();
    const dialog = await screen.findByRole('dialog', { name: 'Sign in again, Marta Lindqvist' });
    reply = ({ path }) =>
      path === '/api/auth/sign-in' ? json(marta) : path.endsWith('/tickets') ? accepted() : json({});
    fireEvent.input(within(dialog).getByLabelText('Password'), { target: { value: 'correct horse' } });
    fireEvent.submit(within(dialog).getByLabelText('Password'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByText('You were signed out.')).toBeNull();
    expectTextThere();
    send();
    await waitFor(() => expect(address()).toBe('/help/tickets/TX20261123004141'));
    const [first, signIn, second] = posted;
    expect(signIn?.body).toEqual({ email: marta.user.email, password: 'correct horse' });
    expect(signIn?.headers.get('page-user')).toBeNull();
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers.get('idempotency-key')).toBe(first?.headers.get('idempotency-key'));
  });

  test('a wrong password is said in the dialog, which stays', async () => {
    await open();
    write();
    reply = ended;
    send();
    const dialog = await screen.findByRole('dialog');
    reply = () => json({ code: 'invalid_credentials', detail: 'E-mail or password is wrong.' }, 401);
    // As a password manager does it: without an input event.
    within(dialog).getByLabelText<HTMLInputElement>('Password').value = 'wrong horse';
    fireEvent.submit(within(dialog).getByLabelText('Password'));
    expect(await within(dialog).findByText('E-mail or password is wrong.')).toBeTruthy();
    expectTextThere();
  });

  test('who signs in again in another tab goes on here as well', async () => {
    await open();
    reply = ended;
    poll();
    await screen.findByText('You were signed out.');
    reply = () => json({ counts: {} });
    poll();
    await waitFor(() => expect(screen.queryByText('You were signed out.')).toBeNull());
  });
});

describe('when somebody else signs in in another tab', () => {
  test('every request of the page says for whom it was made', async () => {
    await open();
    write();
    send();
    await waitFor(() => expect(posted).toHaveLength(1));
    expect(asked.map(({ headers }) => headers.get('page-user'))).toEqual(asked.map(() => String(marta.user.id)));
  });

  test('the page says who, keeps what it shows and what is written, and can be taken back', async () => {
    await open();
    write();
    reply = danaIsHere;
    poll();
    expect(await screen.findByText('Dana Petrov is signed in in this browser now.')).toBeTruthy();
    expect(screen.getByText('Loaded')).toBeTruthy();
    expectTextThere();
    fireEvent.click(screen.getByRole('button', { name: 'Sign in as Marta Lindqvist' }));
    expect(await screen.findByRole('dialog', { name: 'Sign in again, Marta Lindqvist' })).toBeTruthy();
  });
});

describe('when the connection is lost', () => {
  test('the page says so, keeps what it shows, and goes on when it is back', async () => {
    await open();
    write();
    reply = () => Promise.reject(new TypeError('Failed to fetch'));
    poll();
    expect(await screen.findByText('No connection.')).toBeTruthy();
    expect(screen.getByText('Loaded')).toBeTruthy();
    expectTextThere();
    reply = () => json({ counts: {} });
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText('No connection.')).toBeNull());
  });
});

describe('what somebody has written', () => {
  test('is there again for them, and the browser asks before the tab is left; after sending it does not', async () => {
    const { address } = await open();
    expect(asksBeforeLeaving()).toBe(false);
    write();
    expect(asksBeforeLeaving()).toBe(true);
    cleanup();
    await open();
    expectTextThere();
    reply = accepted;
    send();
    await waitFor(() => expect(address()).not.toBe(''));
    await waitFor(() => expect(asksBeforeLeaving()).toBe(false));
  });

  test('is shown to nobody else who signs in in this tab, and is gone then', async () => {
    await open(marta);
    write();
    cleanup();
    await open(greta);
    expect(subject()).toHaveProperty('value', '');
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('Six chairs');
  });
});
