import { expect, test } from 'vitest';
import type { TaskRow } from '../../api/tracking/task.schema.ts';
import { assigneeWords, isHalted, isOver, noClockWords, runningDue, stepWords, visitWords } from './task-row-words.ts';

const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 23, 10, minutes)).toISOString();

const row: Pick<TaskRow, 'state' | 'status' | 'step' | 'progress' | 'dueAt' | 'role' | 'assignee'> = {
  state: 'held',
  status: 'in_progress',
  step: 'Resolve',
  progress: { steps: ['Triage', 'Resolve', 'Finalize'], at: 1 },
  dueAt: at(60),
  role: 'Asset Manager',
  assignee: { id: 2, name: 'Jonas Weber' },
};

test('no clock runs for a ticket that nobody works on', () => {
  expect(runningDue(row)).toBe(at(60));
  expect(runningDue({ ...row, state: 'waiting' })).toBe(at(60));
  for (const state of ['unrouted', 'done', 'cancelled'] as const) expect(runningDue({ ...row, state })).toBeNull();
});

test('the first visit needs no word, later ones are counted', () => {
  expect([0, 1, 2, 3, 4, 11, 12, 13, 21, 22].map(visitWords)).toEqual([
    null,
    null,
    '2nd visit',
    '3rd visit',
    '4th visit',
    '11th visit',
    '12th visit',
    '13th visit',
    '21st visit',
    '22nd visit',
  ]);
});

test('a row names the step of its ticket, or says why it is on none', () => {
  expect(stepWords(row)).toBe('Resolve');
  expect(stepWords({ ...row, state: 'unrouted', step: null })).toBe('Not routed');
  expect(stepWords({ ...row, state: 'done', step: null })).toBe('Finalize');
  expect(stepWords({ ...row, state: 'cancelled', step: null })).toBe('Stopped');
  expect(noClockWords({ ...row, state: 'done' })).toBe('Done');
});

test('a ticket that is over has no assignee and waits for none', () => {
  for (const state of ['done', 'cancelled'] as const) expect(isOver({ state })).toBe(true);
  for (const state of ['unrouted', 'waiting', 'held'] as const) expect(isOver({ state })).toBe(false);
});

test('a row without an assignee says what it waits for', () => {
  expect(assigneeWords(row)).toBe('Jonas Weber');
  expect(assigneeWords({ ...row, state: 'waiting', assignee: null })).toBe(
    'Nobody yet, waits for the role Asset Manager',
  );
  expect(isHalted({ ...row, state: 'waiting' })).toBe(true);
  expect(isHalted({ ...row, status: 'on_hold' })).toBe(true);
  expect(isHalted(row)).toBe(false);
});
