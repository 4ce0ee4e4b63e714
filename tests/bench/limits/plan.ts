import { createHash } from 'node:crypto';
import type { Recorded, Statement } from './record.ts';

// What the bare server is told: for each row the statements of the product, for each way in which its request varies.

/** Stand for what differs from request to request. */
export const tokens = { session: '{session}', key: '{key}', number: '{number}' } as const;

export type Plan = Record<string, Statement[][]>;

/** As the product keeps the id of a session. */
export const sessionHash = (cookie: string): string =>
  createHash('sha256')
    .update(cookie.slice(cookie.indexOf('=') + 1))
    .digest('hex');

type Swap = readonly (readonly [from: string, to: string])[];

export const swapIn = (value: unknown, swap: Swap): unknown => {
  if (typeof value !== 'string') return value;
  return swap.reduce((text, [from, to]) => text.replaceAll(from, to), value);
};

/** The statements with what this swap names exchanged, in the text as well as in the values. */
export const swapped = ({ text, values }: Statement, swap: Swap): Statement => ({
  text: String(swapIn(text, swap)),
  values: values.map((value) => swapIn(value, swap)),
});

/** Makes a recorded request fit for being sent again by anybody. */
export const withTokens = ({ statements }: Recorded, swap: Swap): Statement[] =>
  statements.map((statement) => swapped(statement, swap));
