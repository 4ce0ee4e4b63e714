import { cleanup, fireEvent, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answerWith, json, marta, type Sent, visit } from '../../lib/page.fixture.tsx';
import SubmitPage from './submit.page.tsx';

const number = 'TX20261123004141';
const accepted = () => json({ number, status: 'new', version: 0 }, 201);
const keyOf = (call: Sent | undefined) => call?.headers.get('idempotency-key');

const open = async (answer: (call: Sent) => Response | Promise<Response>, category = 'general_request') => {
  const posted = answerWith(marta, answer);
  const { address } = visit(`/help/new/${category}`, '/help/new/:category', SubmitPage);
  await screen.findByRole('button', { name: 'Send the request' });
  return { posted, address };
};

const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const choose = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const send = () => fireEvent.click(screen.getByRole('button', { name: 'Send the request' }));
const fill = () => {
  type('Subject', 'Six chairs for room 4');
  type('Description', 'With arms, for the interviews in May.');
};

beforeEach(() => sessionStorage.clear());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('sending', () => {
  test('a double click makes one ticket, and leads to it', async () => {
    const { posted, address } = await open(accepted);
    fill();
    send();
    send();
    await waitFor(() => expect(address()).toBe(`/help/tickets/${number}`));
    expect(posted).toHaveLength(1);
    expect(posted[0]?.body).toEqual({
      category: 'general_request',
      subject: 'Six chairs for room 4',
      description: 'With arms, for the interviews in May.',
    });
    expect(sessionStorage).toHaveLength(0);
  });

  test('a second try after no answer keeps the text and the key', async () => {
    let isDown = true;
    const { posted, address } = await open(() => {
      if (isDown) throw new TypeError('fetch failed');
      return accepted();
    });
    fill();
    send();
    expect(await screen.findByText(/Your text is kept/)).toBeTruthy();
    isDown = false;
    send();
    await waitFor(() => expect(address()).toBe(`/help/tickets/${number}`));
    expect(keyOf(posted[0])).toMatch(/^[\w-]{8,}$/);
    expect(keyOf(posted[1])).toBe(keyOf(posted[0]));
    expect(posted[1]?.body).toEqual(posted[0]?.body);
  });

  test('over the limit, the page says how long to wait, and keeps the text and the key', async () => {
    const detail = 'You may submit 30 tickets in a minute. The next one can be sent in 42 seconds.';
    let isLimited = true;
    const { posted, address } = await open(() =>
      isLimited ? json({ code: 'rate_limited', detail }, 429) : accepted(),
    );
    fill();
    send();
    expect(await screen.findByText(/can be sent in 42 seconds\. Your text is kept/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Subject').value).toBe('Six chairs for room 4');
    isLimited = false;
    send();
    await waitFor(() => expect(address()).toBe(`/help/tickets/${number}`));
    expect(keyOf(posted[1])).toBe(keyOf(posted[0]));
  });

  test('the page says that a key was used for other content, and can take a new one', async () => {
    const { posted } = await open(() => json({ code: 'idempotency_key_reused', detail: 'Used.' }, 409));
    fill();
    send();
    fireEvent.click(await screen.findByRole('button', { name: 'It is another request' }));
    send();
    await waitFor(() => expect(posted).toHaveLength(2));
    expect(keyOf(posted[1])).not.toBe(keyOf(posted[0]));
  });
});

describe('errors', () => {
  test('nothing is sent until the form is right; each error in the summary leads to its field', async () => {
    const { posted } = await open(accepted);
    send();
    expect(await screen.findByText(/2 things to fix/)).toBeTruthy();
    fireEvent.click(screen.getByRole('link', { name: 'Description: Use at least 10 characters.' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Description'));
    expect(screen.getByLabelText('Subject').getAttribute('aria-invalid')).toBe('true');
    type('Subject', 'Six chairs for room 4');
    expect(screen.getByLabelText('Subject').getAttribute('aria-invalid')).toBeNull();
    expect(screen.getByText(/One thing to fix/)).toBeTruthy();
    expect(posted).toHaveLength(0);
  });

  test('of the server are shown at the field, until it is changed', async () => {
    const { posted } = await open(() =>
      json(
        {
          code: 'invalid_input',
          detail: 'subject: Name the room.',
          errors: [{ path: 'subject', message: 'Name the room.' }],
        },
        400,
      ),
    );
    fill();
    send();
    expect(await screen.findByRole('link', { name: 'Subject: Name the room.' })).toBeTruthy();
    type('Subject', 'Six chairs for room 4.01');
    expect(screen.queryByRole('link', { name: 'Subject: Name the room.' })).toBeNull();
    expect(posted).toHaveLength(1);
  });
});

describe('what the fields know of each other', () => {
  test('choosing a device fills in its serial number, and another kind clears both', async () => {
    await open(accepted, 'asset_check_out');
    choose('Kind', 'Laptop');
    choose('Device', 'LN-2024-003');
    expect(screen.getByLabelText('Serial number')).toHaveProperty('value', 'LN-2024-003');
    choose('Kind', 'Printer');
    expect(screen.getByLabelText('Serial number')).toHaveProperty('value', '');
  });

  test('the items of a budget are summed up, and can be removed', async () => {
    await open(accepted, 'budget_proposal');
    choose('Estimated cost', '0-10000');
    fireEvent.click(screen.getByRole('button', { name: 'Add an item' }));
    const [, second] = screen.getAllByLabelText('Estimated cost');
    if (second) fireEvent.change(second, { target: { value: '10001-50000' } });
    expect(screen.getByText('₱10,001 to ₱60,000')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Remove item 1' }));
    expect(screen.getByText('₱10,001 to ₱50,000', { selector: 'b' })).toBeTruthy();
  });
});

test('a draft is there again after the page was left, with the same key', async () => {
  const { posted } = await open(accepted);
  fill();
  cleanup();
  await open(accepted);
  expect(screen.getByLabelText('Subject')).toHaveProperty('value', 'Six chairs for room 4');
  expect(screen.getByText(/This is your draft/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Start afresh' }));
  expect(screen.getByLabelText('Subject')).toHaveProperty('value', '');
  expect(posted).toHaveLength(0);
});
