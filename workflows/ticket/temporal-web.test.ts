import { expect, test } from 'vitest';
import { detailsOf } from './temporal-web-words.ts';
import { facts, onStep, pinned, ticketAt } from './ticket.fixture.ts';

const waiting = { ...onStep('check', 'admin', null), onlyRequester: true } as const;

test.each([
  [ticketAt.review, /\(IT support\) is \*\*new\*\*.*waits for a coordinator/s],
  [
    { ...ticketAt.held, status: 'in_progress' } as const,
    /IT support, high priority\) is \*\*in progress\*\*.*Step Check is with user 2 \(Admin\), due 2026/s,
  ],
  [ticketAt.waiting, /Step Check waits: no Admin is active/],
  [{ ...ticketAt.waiting, phase: waiting }, /Step Check waits: only the requester is Admin/],
  [ticketAt.over, /It is over\./],
])('the details in Temporal Web tell codes as words: %#', (state, words) => {
  expect(detailsOf(facts, state, pinned)).toMatch(words);
});
