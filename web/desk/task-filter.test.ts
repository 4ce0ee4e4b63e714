import { describe, expect, test } from 'vitest';
import {
  isNarrowed,
  listHref,
  queryOf,
  readFilter,
  searchOf,
  showing,
  ticketHref,
  wholeQueue,
  widened,
} from './task-filter.ts';

const narrowed = {
  ...wholeQueue('role'),
  status: ['open' as const, 'on_hold' as const],
  category: 'budget_proposal' as const,
  priority: 'high' as const,
  department: ['it' as const, 'budget' as const],
  assignee: 'nobody' as const,
  requester: 12,
  overdue: true,
  from: '2026-11-01',
  to: '2026-11-23',
  dueFrom: '2026-11-20',
  dueTo: '2026-11-30',
  q: 'ledger & dock',
  sort: '-changed' as const,
};

describe('a filter and the address of its page', () => {
  test('can be turned into each other without loss', () => {
    const search = Object.fromEntries(new URL(listHref(narrowed), 'http://here').searchParams);
    expect(readFilter(search, 'role')).toEqual(narrowed);
  });

  test('a queue that nobody narrowed has a plain address', () => {
    expect(listHref(wholeQueue('mine'))).toBe('/desk');
    expect(listHref(wholeQueue('role'))).toBe('/desk/role');
    expect(listHref(wholeQueue('done_by_me'))).toBe('/desk/done');
    expect(listHref(wholeQueue('all'))).toBe('/admin/tickets');
  });

  test('a ticket carries the list that it was opened from', () => {
    const href = ticketHref('TX20261123004098', narrowed);
    const search = Object.fromEntries(new URL(href, 'http://here').searchParams);
    expect(readFilter(search)).toEqual(narrowed);
    expect(ticketHref('TX20261123004098', wholeQueue('mine'))).toBe('/desk/tickets/TX20261123004098');
  });

  test('unknown words in the address are left out', () => {
    const search = {
      queue: 'hers',
      show: 'some',
      status: 'open,gone',
      category: 'pets',
      priority: '',
      sort: 'up',
      ...{ department: 'pets', assignee: 'me', requester: '-1', overdue: 'yes', from: 'today', dueTo: '2026-02-30' },
    };
    expect(readFilter(search)).toEqual({ ...wholeQueue('mine'), status: ['open'] });
  });

  test('a parameter given twice counts once', () => {
    expect(readFilter({ priority: ['high', 'low'] }).priority).toBe('high');
  });
});

describe('what is shown', () => {
  test('open work is sorted by due time, finished work by its last change', () => {
    expect(readFilter({ show: 'open' }).sort).toBe('due');
    expect(readFilter({ show: 'done' }).sort).toBe('-changed');
  });

  test('all tickets and one’s own finished work are shown whole at first, other lists only what is open', () => {
    expect(readFilter({}, 'all').show).toBe('any');
    expect(readFilter({}, 'done_by_me').show).toBe('any');
    expect(readFilter({}, 'mine').show).toBe('open');
  });

  test('another choice drops a status that cannot occur there', () => {
    expect(showing(narrowed, 'done').status).toEqual([]);
    expect(showing(narrowed, 'any').status).toEqual(['open', 'on_hold']);
    expect(readFilter({ show: 'open', status: 'closed,open' }).status).toEqual(['open']);
  });

  test('another choice keeps an order that somebody chose', () => {
    expect(showing(narrowed, 'done').sort).toBe('-changed');
    expect(showing(wholeQueue('mine'), 'done').sort).toBe('-changed');
    expect(showing({ ...wholeQueue('mine'), sort: 'submitted' }, 'done').sort).toBe('submitted');
  });

  test('the query for the API also names the defaults of the page', () => {
    expect(queryOf(wholeQueue('all'))).toMatchObject({ queue: 'all', show: 'any', sort: '-changed' });
  });

  test('widening drops the filters and keeps the order', () => {
    expect(widened(narrowed)).toEqual({ ...wholeQueue('role'), sort: '-changed' });
    expect(isNarrowed(narrowed)).toBe(true);
    expect(isNarrowed(widened(narrowed))).toBe(false);
  });

  test.each(Object.keys(searchOf(narrowed)).filter((key) => !['show', 'sort'].includes(key)))(
    'a list with the filter %s alone is narrowed',
    (key) => {
      const whole = wholeQueue('all');
      expect(isNarrowed(whole)).toBe(false);
      const value = { ...narrowed, role: 'admin' }[key as keyof typeof narrowed];
      expect(isNarrowed({ ...whole, [key]: value })).toBe(true);
    },
  );

  test('days of the address become moments of the API, the last day included', () => {
    const query = queryOf(narrowed);
    expect(new Date(query.submittedFrom ?? '')).toEqual(new Date(2026, 10, 1));
    expect(new Date(query.submittedBefore ?? '')).toEqual(new Date(2026, 10, 24));
    expect(query).not.toHaveProperty('from');
  });
});
