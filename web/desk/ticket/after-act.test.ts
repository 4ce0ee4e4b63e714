import { afterEach, expect, test } from 'vitest';
import { afterAct, chooseAfterAct, ticketAfter } from './after-act.ts';

afterEach(() => localStorage.clear());

test('after an act comes the next ticket of the list, after the last one the first, and then nothing', () => {
  expect(ticketAfter(['a', 'b', 'c'], 'a')).toBe('b');
  expect(ticketAfter(['a', 'b', 'c'], 'c')).toBe('a');
  expect(ticketAfter(['a'], 'a')).toBeNull();
  expect(ticketAfter([], 'a')).toBeNull();
});

test('a ticket that was opened without its list is followed by the first one of the list', () => {
  expect(ticketAfter(['a', 'b'], 'z')).toBe('a');
});

test('people who share a browser each keep their own choice', () => {
  expect(afterAct(1)).toBe('next');
  chooseAfterAct(1, 'stay');
  expect(afterAct(1)).toBe('stay');
  expect(afterAct(2)).toBe('next');
});

test('a stored choice that no longer exists is the usual one', () => {
  localStorage.setItem('after-act:1', 'constructor');
  expect(afterAct(1)).toBe('next');
});
