import { expect, test } from 'vitest';
import { isNarrowed, wholeQueue } from '../task-filter.ts';
import { chipsOf } from './filter-chips.ts';

const names = { roles: [{ key: 'admin', name: 'Lead' }], assignee: 'Clara Duarte', requester: null };
const narrowed = {
  ...wholeQueue('all', 'open'),
  ...{ status: ['open' as const, 'on_hold' as const], overdue: true, department: ['it' as const, 'asset' as const] },
  ...{ assignee: 12, requester: 7, category: 'it_support' as const, priority: 'high' as const, role: 'admin' },
  ...{ from: '2026-11-01', to: '2026-11-23', dueFrom: null, dueTo: '2026-11-30' },
};

test('each filter is named with its value', () => {
  const said = chipsOf(narrowed, names).map(({ key, value }) => `${key} ${value}`);
  expect(said).toEqual([
    'Status Open, On hold',
    'Time overdue',
    'Department IT, Assets',
    'Assignee Clara Duarte',
    'Requester user 7',
    expect.stringMatching(/^Category .+/),
    'Priority High',
    'Role Lead',
    expect.stringMatching(/^Submitted .*1.* to .*23.*/),
    expect.stringMatching(/^Due to .*30.*/),
  ]);
});

test('taking all of them away, one by one, leaves the whole list', () => {
  let filter = narrowed;
  for (let chips = chipsOf(filter, names); chips.length > 0; chips = chipsOf(filter, names))
    filter = (chips[0]?.without ?? filter) as typeof narrowed;
  expect(isNarrowed(filter)).toBe(false);
});

test('nobody, and one day', () => {
  const filter = { ...wholeQueue('all'), assignee: 'nobody' as const, from: '2026-11-23', to: '2026-11-23' };
  expect(chipsOf(filter, names).map(({ value }) => value)).toEqual(['nobody', expect.stringMatching(/^on .*23/)]);
});
