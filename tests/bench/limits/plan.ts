import { createHash } from 'node:crypto';
import type { Recorded, Statement } from './record.ts';

// The plan of the bare server: the product's statements for each row and each variant of its request.

/** Placeholders for what differs between requests. */
export const tokens = { session: '{session}', key: '{key}', number: '{number}' } as const;

export type Plan = Record<string, Statement[][]>;

/** The session id as the product stores it. */
export const sessionHash = (cookie: string): string =>
  createHash('sha256')
    .update(cookie.slice(cookie.indexOf('=') + 1))
    .digest('hex');

type Swap = readonly (readonly [from: string, to: string])[];

export const swapIn = (value: unknown, swap: Swap): unknown => {
  if (typeof value !== 'string') return value;
  return swap.reduce((text, [from, to]) => text.replaceAll(from, to), value);
};

/** Replaces strings in a statement's text and values. */
export const swapped = ({ text, values }: Statement, swap: Swap): Statement => ({
  text: String(swapIn(text, swap)),
  values: values.map((value) => swapIn(value, swap)),
});

/** Puts placeholders into a recorded request, so that any client can send it. */
export const withTokens = ({ statements }: Recorded, swap: Swap): Statement[] =>
  statements.map((statement) => swapped(statement, swap));
