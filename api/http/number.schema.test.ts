import { expect, test } from 'vitest';
import { wholeNumber } from './number.schema.ts';

const upTo100 = wholeNumber(0, 100);

test.each(['0', '7', '10', '100'])('%s is a whole number', (text) => {
  expect(upTo100.parse(text)).toBe(Number(text));
});

test.each([
  '',
  ' ',
  '-0',
  '+5',
  '05',
  '00',
  '0x10',
  '0b1',
  '1e1',
  '1.0',
  '5.',
  '.5',
  '1_0',
  ' 5',
  '5 ',
  '5\n',
  '٣',
  'NaN',
  '101',
  '-1',
])('“%s” is not a way to write one', (text) => {
  const { error } = upTo100.safeParse(text);
  expect(error?.issues).toHaveLength(1);
});

test('says how to write one', () => {
  const { error } = upTo100.safeParse('1e1');
  expect(error?.issues[0]?.message).toBe('Write a whole number in digits, from 0 to 100.');
});

test('nothing at all is left to the default', () => {
  expect(wholeNumber(1, 100).default(20).parse(undefined)).toBe(20);
});
