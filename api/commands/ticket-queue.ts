import PQueue from 'p-queue';
import { AppError } from '../http/problem.ts';

/** Runs the work for one ticket in order of arrival. Different tickets do not wait for each other. */
export type TicketQueue = <Result>(number: string, work: () => Promise<Result>) => Promise<Result>;

const busy = (): AppError =>
  new AppError('unavailable', 'Others are just acting on this. Try again in a moment.', { retryAfter: 2 });

/** A queue for each ticket. @throws AppError `unavailable` after waiting `longestWait` milliseconds. */
export const createTicketQueue = (longestWait: number): TicketQueue => {
  const queues = new Map<string, PQueue>();

  const queueOf = (number: string): PQueue => {
    const known = queues.get(number);
    if (known) return known;
    const queue = new PQueue({ concurrency: 1 });
    queues.set(number, queue);
    return queue;
  };

  return async (number, work) => {
    const queue = queueOf(number);
    const waiting = new AbortController();
    const tooLong = setTimeout(() => waiting.abort(busy()), longestWait);
    const begin = () => {
      clearTimeout(tooLong);
      return work();
    };
    try {
      return await queue.add(begin, { signal: waiting.signal });
    } finally {
      clearTimeout(tooLong);
      if (queue.size === 0 && queue.pending === 0 && queues.get(number) === queue) queues.delete(number);
    }
  };
};
