import { expect, test } from 'vitest';
import type { TaskView } from '../../../api/tracking/task.schema.ts';
import { stepBarOf } from './step-bar-words.ts';

const me = 12;

test('the step bar says who had a step and how long, who has it until when, and who comes next', () => {
  const now = Date.UTC(2026, 10, 23, 10, 0);
  const moment = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const base = { role: 'Admin', assignee: null, enteredAt: null, leftAt: null, dueAt: null, visits: 0 };
  const steps: TaskView['steps'] = [
    {
      ...base,
      key: 't',
      name: 'Triage',
      state: 'done',
      assignee: 'Noor Haddad',
      enteredAt: moment(-90),
      leftAt: moment(-24),
    },
    { ...base, key: 'r', name: 'Resolve', state: 'now', assignee: 'Jonas Weber', dueAt: moment(60), visits: 2 },
    { ...base, key: 'f', name: 'Finalize', state: 'next' },
  ];
  const [triage, resolve, finalize] = stepBarOf({ steps, assignee: { id: me, name: 'Jonas Weber' } }, me, now);
  expect(triage?.detail).toMatch(/^Noor Haddad, done \d\d:\d\d, took 1 h 6 m$/);
  expect(resolve?.detail).toMatch(/^Jonas Weber, due \d\d:\d\d$/);
  expect(resolve?.badge).toBe('Now, with you');
  expect(finalize).toMatchObject({ detail: 'Admin', badge: undefined });
});
