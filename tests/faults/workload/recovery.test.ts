import { expect, test } from 'vitest';
import type { Operation } from './journal.ts';
import { nextStepAfter } from './recovery.ts';

const command = (ticket: string, started: number, ended: number, outcome: Operation['outcome']): Operation => ({
  kind: 'command',
  ticket,
  started,
  ended,
  outcome,
  key: null,
  by: 1,
  command: 'open',
  status: null,
  version: null,
});

test('the slowest of the tickets that were hit counts, until a command of its own has an answer', () => {
  const operations = [
    command('one', 500, 2_000, 'ok'),
    command('other', 900, 3_000, 'unknown'),
    command('other', 3_000, 6_000, 'ok'),
    command('later', 1_500, 9_000, 'ok'),
  ];
  expect(nextStepAfter(operations, [1_000])).toEqual([5]);
});

test('a ticket that is hit again before its next step counts from the last blow', () => {
  const operations = [command('one', 500, 8_000, 'ok'), command('other', 500, 3_000, 'ok')];
  expect(nextStepAfter(operations, [1_000, 6_000])).toEqual([2, 2]);
});

test('a blow that hits nobody counts for nothing', () => {
  expect(nextStepAfter([command('one', 500, 900, 'ok')], [1_000])).toEqual([null]);
});
