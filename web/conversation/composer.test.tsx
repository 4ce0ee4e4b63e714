import { cleanup, fireEvent, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import type { Draft, Voice } from '../../api/messaging/message.schema.ts';
import { answerWith, greta, json, type Sent, visit } from '../lib/page.fixture.tsx';
import { Composer } from './composer.tsx';

const number = 'TX20261123004141';
const both: Voice[] = ['public', 'internal'];
const posted = { id: 9, ticket: number, voice: 'public', author: greta.user, text: 'Which model?' };

const open = async (
  answer: (call: Sent) => Response | Promise<Response> = () => json(posted, 201),
  draft: Draft | null = null,
) => {
  const sent = answerWith(greta, (call) => {
    if (call.path.endsWith('/draft')) return json(null, 200);
    return answer(call);
  });
  visit('/', '/', () => <Composer number={number} requester="Clara" isRequester={false} voices={both} draft={draft} />);
  await screen.findByRole('form', { name: /^Write/ });
  return sent;
};

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const write = (value: string) => fireEvent.input(field(), { target: { value } });
const send = () => fireEvent.keyDown(field(), { key: 'Enter', ctrlKey: true });

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test('Ctrl+Enter posts in the chosen voice, and the field is empty for the next message', async () => {
  const sent = await open();
  write('Which model?');
  send();
  await waitFor(() => expect(field().value).toBe(''));
  expect(sent).toMatchObject([{ body: { voice: 'public', text: 'Which model?' } }]);
});

test('a refusal is said, and the text stays', async () => {
  await open(() => json({ code: 'not_allowed', detail: 'This ticket is over.' }, 409));
  write('Which model?');
  send();
  expect(await screen.findByText(/This ticket is over\. Your text is still here\./)).toBeTruthy();
  expect(field().value).toBe('Which model?');
});

test('sent again because no answer came, it has the same key; other words have their own', async () => {
  let isAway = true;
  const sent = await open(() => (isAway ? Promise.reject(new TypeError('away')) : json(posted, 201)));
  const key = (index: number) => sent[index]?.headers.get('idempotency-key');
  write('Which model?');
  send();
  await screen.findByText(/Your text is still here/);
  isAway = false;
  send();
  await waitFor(() => expect(field().value).toBe(''));
  expect(key(1)).toBe(key(0));
  write('Which model?');
  send();
  await waitFor(() => expect(sent).toHaveLength(3));
  expect(key(2)).not.toBe(key(0));
});

test('what is typed while the message is on its way stays', async () => {
  let answer: (response: Response) => void = () => undefined;
  const sent = await open(() => new Promise((resolve) => (answer = resolve)));
  write('Which model?');
  send();
  write('Which model? And');
  await waitFor(() => expect(sent).toHaveLength(1));
  answer(json(posted, 201));
  await waitFor(() => expect(screen.getByRole('button', { name: /Send/ }).getAttribute('aria-busy')).toBeNull());
  expect(field().value).toBe('Which model? And');
});

test('with text in it, the voice changes only after a question', async () => {
  await open();
  write('Between us.');
  fireEvent.click(screen.getByRole('radio', { name: 'Internal note' }));
  fireEvent.click(await screen.findByText('Leave it as it is'));
  expect(screen.getByRole('form', { name: 'Write a message' })).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Public message' }).checked).toBe(true);
  fireEvent.click(screen.getByRole('radio', { name: 'Internal note' }));
  fireEvent.click(await screen.findByText('Make it internal'));
  expect(screen.getByRole('form', { name: 'Write an internal note' })).toBeTruthy();
  expect(field().value).toBe('Between us.');
});

test('a draft from another device is there, unless something is written here already', async () => {
  await open(undefined, { voice: 'internal', text: 'Ask the manager' });
  await waitFor(() => expect(field().value).toBe('Ask the manager'));
  expect(screen.getByRole('form', { name: 'Write an internal note' })).toBeTruthy();
  cleanup();
  sessionStorage.setItem(`kept:${greta.user.id}:message:${number}`, JSON.stringify({ voice: 'public', text: 'Mine' }));
  await open(undefined, { voice: 'internal', text: 'Ask the manager' });
  await waitFor(() => expect(field().value).toBe('Mine'));
});

test('a draft that is on its way is waited for, so that it does not bring back what is posted', async () => {
  const order: string[] = [];
  let kept: (response: Response) => void = () => undefined;
  answerWith(greta, (call) => {
    order.push(call.path.split('/').at(-1) ?? '');
    return call.path.endsWith('/draft') ? new Promise((resolve) => (kept = resolve)) : json(posted, 201);
  });
  visit('/', '/', () => <Composer number={number} requester="Clara" isRequester={false} voices={both} draft={null} />);
  await screen.findByRole('form', { name: /^Write/ });
  write('Which model?');
  // It goes after a pause in the writing.
  await waitFor(() => expect(order).toEqual(['draft']), { timeout: 10_000 });
  send();
  await waitFor(() => expect(screen.getByRole('button', { name: /Send/ }).getAttribute('aria-busy')).toBe('true'));
  expect(order).toEqual(['draft']);
  kept(json(null, 200));
  await waitFor(() => expect(field().value).toBe(''));
  expect(order).toEqual(['draft', 'messages']);
});
