import { describe, expect, test } from 'vitest';
import {
  calendarDay,
  dayHead,
  duration,
  greeting,
  onMoment,
  shortAgo,
  shortMoment,
  since,
  todayHere,
  until,
} from './time.ts';

// Monday 23 November 2026, 10:35, by the clock of wherever the test runs.
const at = (day: number, hours: number, minutes: number, month = 10, year = 2026): Date =>
  new Date(year, month, day, hours, minutes);
const now = at(23, 10, 35).getTime();
const iso = (date: Date): string => date.toISOString();

describe('a span of time', () => {
  test.each([
    [0, '0 m'],
    [38, '38 m'],
    [60, '1 h'],
    [77, '1 h 17 m'],
    [26 * 60, '1 d 2 h'],
    [48 * 60, '2 d'],
    [9 * 24 * 60 + 300, '9 d'],
  ])('%i minutes read %s', (minutes, words) => {
    expect(duration(minutes * 60_000)).toBe(words);
  });
});

describe('the past in words', () => {
  test.each([
    [at(23, 10, 35), 'just now', 'now'],
    [at(23, 10, 34), '1 minute ago', '1 m'],
    [at(23, 10, 25), '10 minutes ago', '10 m'],
    [at(23, 8, 6), 'today at 08:06', '2 h'],
    [at(22, 23, 50), 'yesterday at 23:50', '10 h'],
    [at(20, 9, 0), 'on Friday at 09:00', '3 d'],
    [at(3, 9, 5), 'on 3 November at 09:05', '3 Nov'],
    [at(30, 16, 20, 11, 2025), 'on 30 December 2025 at 16:20', '30 Dec'],
  ])('%s', (moment, sentence, short) => {
    expect(since(iso(moment), now)).toBe(sentence);
    expect(shortAgo(iso(moment), now)).toBe(short);
  });
});

describe('a promise names its day', () => {
  test.each([
    [at(23, 14, 15), 'today at 14:15', 'today at 14:15', '14:15'],
    [at(24, 8, 6), 'tomorrow, 24 November, at 08:06', 'tomorrow, 24 November, at 08:06', 'Tue 08:06'],
    [at(26, 16, 20), 'Thursday 26 November at 16:20', 'on Thursday 26 November at 16:20', 'Thu 16:20'],
    [at(4, 9, 0, 0, 2027), 'Monday 4 January 2027 at 09:00', 'on Monday 4 January 2027 at 09:00', '4 Jan 09:00'],
  ])('%s', (moment, bare, adverb, short) => {
    expect(until(iso(moment), now)).toBe(bare);
    expect(onMoment(iso(moment), now)).toBe(adverb);
    expect(shortMoment(iso(moment), now)).toBe(short);
  });

  test('a calendar day has no clock and no zone', () => {
    expect(calendarDay('2026-11-25')).toBe('25 November 2026');
    expect(todayHere(now)).toBe('2026-11-23');
  });

  test('a timeline says which day is today', () => {
    expect(dayHead(iso(at(23, 7, 58)), now)).toBe('Today, Monday 23 November');
    expect(dayHead(iso(at(22, 7, 58)), now)).toBe('Yesterday, Sunday 22 November');
    expect(dayHead(iso(at(19, 7, 58)), now)).toBe('Thursday 19 November');
  });
});

test('the greeting follows the hour', () => {
  expect([3, 8, 12, 17, 18].map((hour) => greeting(at(23, hour, 0).getTime()))).toEqual([
    'Good evening',
    'Good morning',
    'Good afternoon',
    'Good afternoon',
    'Good evening',
  ]);
});
