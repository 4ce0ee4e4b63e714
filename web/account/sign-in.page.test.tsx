import { cleanup, fireEvent, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hearSilentFilling } from '../lib/hear-silent-filling.ts';
import { answerWith, json, marta, visit } from '../lib/page.fixture.tsx';
import SubmitPage from '../portal/submit/submit.page.tsx';
import SignInPage from './sign-in.page.tsx';

let stop: () => void;
beforeEach(() => {
  stop = hearSilentFilling(document);
});
afterEach(() => {
  stop();
  cleanup();
  vi.unstubAllGlobals();
});

/** As a program does it that tells nobody. */
const fill = (label: string, value: string): void => {
  const field = screen.getByLabelText(label);
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
};

test('fields that a password manager has filled without an input event sign in', async () => {
  const posted = answerWith(null, () => json(marta));
  visit('/sign-in', '/help', () => null, SignInPage);
  await screen.findByRole('button', { name: 'Sign in' });
  fill('E-mail', 'marta@example.com');
  fill('Password', 'correct horse');
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(posted).toHaveLength(1));
  expect(posted[0]?.body).toEqual({ email: 'marta@example.com', password: 'correct horse' });
});

test('fields that are empty are named, and nothing is sent', async () => {
  const posted = answerWith(null, () => json(marta));
  visit('/sign-in', '/help', () => null, SignInPage);
  fireEvent.click(await screen.findByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('Type your e-mail address.')).toBeTruthy();
  expect(screen.getByText('Type your password.')).toBeTruthy();
  expect(posted).toHaveLength(0);
});

test('so do the fields of any other form', async () => {
  const posted = answerWith(marta, () => json({ number: 'TX20261123004141', status: 'new', version: 0 }, 201));
  visit('/help/new/general_request', '/help/new/:category', SubmitPage);
  await screen.findByRole('button', { name: 'Send the request' });
  fill('Subject', 'Six chairs for room 4');
  fill('Description', 'With arms, for the interviews in May.');
  fireEvent.click(screen.getByRole('button', { name: 'Send the request' }));
  await waitFor(() => expect(posted).toHaveLength(1));
  expect(posted[0]?.body).toMatchObject({ subject: 'Six chairs for room 4' });
});
