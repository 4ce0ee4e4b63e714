import { expect, test } from 'vitest';
import { slaOf } from './sla.ts';

const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 23, 10, minutes)).toISOString();
const moment = (minutes: number): number => Date.parse(at(minutes));

test.each([
  ['plain while less than 80 % of the time is used', -239, 61, 'ok', '1 h 1 m left'],
  ['a warning from 80 % on', -160, 40, 'warn', '40 m left'],
  ['over at the very moment', -60, 0, 'bad', '0 m over'],
  ['over, and by how much', -120, -42, 'bad', '42 m over'],
])('the time left for a step is %s', (_, from, due, tone, words) => {
  expect(slaOf({ from: at(from), due: at(due) }, moment(0))).toEqual({ tone, words });
});

test('a clock goes from plain to a warning at 80 % of its time, and is over at the end', () => {
  const span = { from: at(-60), due: at(60) };
  expect(slaOf(span, moment(35))).toEqual({ tone: 'ok', words: '25 m left' });
  expect(slaOf(span, moment(36))).toEqual({ tone: 'warn', words: '24 m left' });
  expect(slaOf(span, moment(60))).toEqual({ tone: 'bad', words: '0 m over' });
  expect(slaOf(span, moment(102))).toEqual({ tone: 'bad', words: '42 m over' });
});

test('a clock is paused on hold, also when it had run out', () => {
  expect(slaOf({ from: at(-90), due: at(-10), paused: true }, moment(0))).toEqual({ tone: 'paused', words: 'Paused' });
  expect(slaOf({ from: at(-95), due: at(25), paused: true }, moment(0))).toEqual({ tone: 'paused', words: 'Paused' });
});
