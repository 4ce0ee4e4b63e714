import type { Operation } from './journal.ts';

export interface Span {
  from: number;
  to: number;
}

/** What was sent and answered while something was away: all of it within the time. */
export const within = (operations: readonly Operation[], { from, to }: Span): Operation[] =>
  operations.filter(({ started, ended }) => started >= from && ended <= to);

/** What was sent in that time, whenever it was answered. */
export const sentWithin = (operations: readonly Operation[], { from, to }: Span): Operation[] =>
  operations.filter(({ started }) => started >= from && started <= to);

export const secondsOf = ({ started, ended }: Operation): number => (ended - started) / 1_000;
