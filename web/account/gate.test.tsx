import { cleanup, screen } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { answerWith, json, marta, visit } from '../lib/page.fixture.tsx';
import { Allowed, useSigned } from './gate.tsx';

const Hello = () => {
  const me = useSigned();
  return <h1>Hello {me().user.name}</h1>;
};

const ForReviewers = () => (
  <Allowed system="hdts" roles={['ticket_coordinator', 'admin']}>
    <Hello />
  </Allowed>
);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('who is not signed in goes to the sign-in page, which knows where to return', async () => {
  answerWith(null, () => json({}));
  const { address } = visit('/review?status=rejected', '/review', Hello);
  await screen.findByText('The sign-in page');
  expect(address()).toBe('/sign-in?next=%2Freview%3Fstatus%3Drejected');
});

test('who is signed in comes in', async () => {
  answerWith(marta, () => json({}));
  visit('/help', '/help', Hello);
  expect(await screen.findByRole('heading')).toHaveProperty('textContent', 'Hello Marta Lindqvist');
});

test('who lacks the role reads which one it takes, and where to go instead', async () => {
  answerWith(marta, () => json({}));
  visit('/review', '/review', ForReviewers);
  expect(await screen.findByText(/needs the role Ticket Coordinator or Admin in Help Desk/)).toBeTruthy();
  expect(screen.getByText(/Your roles there: Employee/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Go to your own pages' }).getAttribute('href')).toBe('/help');
});
