import { expect, test } from 'vitest';
import { greeting, readable } from './terminal.ts';

test('a log record reads as a sentence with its facts', () => {
  const time = new Date(2026, 10, 23, 12, 4, 1).getTime();
  const line = JSON.stringify({ level: 30, time, pid: 7, hostname: 'x', name: 'api', port: 8000, msg: 'api ready' });
  expect(readable(line)).toBe('12:04:01 info api ready port=8000');
});

test('the stack of an error is shown below its record', () => {
  const error = { type: 'Error', message: 'no', stack: 'Error: no\n    at here' };
  const line = JSON.stringify({ level: 50, time: 0, name: 'api', error, msg: 'it failed' });
  expect(readable(line)).toMatch(/error it failed\nError: no\n {4}at here$/);
});

test('what is not a log record stays as it is', () => {
  expect(readable('SyntaxError: {')).toBe('SyntaxError: {');
  expect(readable('{"half":')).toBe('{"half":');
  expect(readable('{"level":"text"}')).toBe('{"level":"text"}');
});

test('the greeting lines up addresses and accounts', () => {
  const text = greeting({
    seconds: 3.21,
    addresses: [
      ['Web', 'http://localhost:8000'],
      ['Mail inbox', 'http://localhost:8025'],
    ],
    accounts: [{ system: 'hdts', role: 'Employee', email: 'maria@example.com', password: 'Password123' }],
  });
  expect(text).toContain('Everything is ready in 3.2 s.');
  expect(text).toContain('  Web          http://localhost:8000\n  Mail inbox   http://localhost:8025');
  expect(text).toContain('  HDTS   Employee   maria@example.com   Password123');
});
