import { expect, test } from 'vitest';
import { reasonError } from './reason-error.ts';

test('a reason follows the rule of every text, so that the page says what the API would say', () => {
  expect(reasonError('We have found it.')).toBeUndefined();
  expect(reasonError(' \u3164\u2800 ')).toBe('Say why, in a few words.');
  expect(reasonError('ok', 'Say what you did.')).toBe('Say what you did.');
  expect(reasonError('x'.repeat(501))).toBe('Use at most 500 characters; these are 501.');
  expect(reasonError('Found it \u0308')).toContain('an accent that belongs to no letter');
});
