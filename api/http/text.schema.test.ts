import { expect, test } from 'vitest';
import { line, text } from './text.schema.ts';

const accepts = (schema: ReturnType<typeof text>, value: string): boolean => schema.safeParse(value).success;

test.each([
  ['is trimmed', '  hello  ', 'hello'],
  ['is kept in one form', 'e\u0301clair', '\u00e9clair'],
  ['may have lines and tabs', 'one\n\ttwo', 'one\n\ttwo'],
])('a text %s', (_name, given, kept) => {
  expect(text(1, 20).parse(given)).toBe(kept);
});

test('its length counts characters, not code units', () => {
  expect(accepts(text(5, 5), '👍👍👍👍👍')).toBe(true);
  expect(accepts(text(1, 5), '👍👍👍👍👍👍')).toBe(false);
});

test.each([
  ['spaces alone', '     '],
  ['what takes no room on the screen', '\u200b\u200b\u200b\u200d\u2060'],
  ['a NUL', 'hello\u0000'],
  ['half of a surrogate pair', 'hello \ud83d'],
])('it refuses %s', (_name, given) => {
  expect(accepts(text(3, 20), given)).toBe(false);
});

test('a line has no line ends', () => {
  expect(line(1, 20).safeParse('one\ntwo').success).toBe(false);
});
