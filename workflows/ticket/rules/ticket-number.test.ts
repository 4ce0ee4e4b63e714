import { expect, test } from 'vitest';
import { numberOfDay, ticketNumberExample, ticketNumberPattern } from './ticket-number.ts';

test.each([ticketNumberExample, 'TX20261123000000', 'TX20261123999999', 'TX202611231000000', 'TX2026112312345678901'])(
  '%s is a ticket number',
  (number) => {
    expect(number).toMatch(ticketNumberPattern);
  },
);

test.each([
  ...['', 'TX', '20261123004098', 'tx20261123004098', 'TX2026112300409', 'TX20261123004098 ', 'TX20261123004098\n'],
  // A leading zero beyond six digits would be a second spelling of the number.
  'TX202611230004098',
  'TX20261123٠٠٤٠٩٨',
])('%j is none', (text) => {
  expect(text).not.toMatch(ticketNumberPattern);
});

test('the numbers of a day begin with its UTC date', () => {
  expect(numberOfDay(new Date('2026-11-23T23:59:59.999Z'))).toBe('TX20261123');
});
