import { duration, now } from './time.ts';

export type SlaTone = 'ok' | 'warn' | 'bad' | 'paused';

/** The clock of a step: plain until 80 % of its time is used, then a warning, then over. */
export const slaOf = (
  span: { from: string | null; due: string; paused?: boolean },
  at = now(),
): { tone: SlaTone; words: string } => {
  if (span.paused) return { tone: 'paused', words: 'Paused' };
  const due = Date.parse(span.due);
  if (at >= due) return { tone: 'bad', words: `${duration(at - due)} over` };
  const from = span.from === null ? due : Date.parse(span.from);
  const isLate = due > from && (at - from) / (due - from) >= 0.8;
  return { tone: isLate ? 'warn' : 'ok', words: `${duration(due - at)} left` };
};
