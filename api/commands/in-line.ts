import { AppError } from '../http/problem.ts';

/** Runs work for a key, after the work for the same key that came before. Keys do not wait for each other. */
export type InLine = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

const endsWithin = async (before: Promise<void>, patience: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patience, false);
  });
  const ended = await Promise.race([before.then(() => true), tooLong]);
  clearTimeout(timer);
  return ended;
};

/** A line for each key; nobody stands in it longer than `patience` milliseconds. @throws AppError `unavailable` then. */
export const createLine = (patience: number): InLine => {
  const ends = new Map<string, Promise<void>>();
  return async (key, work) => {
    const before = ends.get(key);
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    // Who loses patience still keeps the place: those behind wait for everybody before them.
    const end = before ? before.then(() => left) : left;
    ends.set(key, end);
    void end.then(() => {
      if (ends.get(key) === end) ends.delete(key);
    });
    try {
      if (before && !(await endsWithin(before, patience)))
        throw new AppError('unavailable', 'Others are just acting on this. Try again in a moment.', { retryAfter: 2 });
      return await work();
    } finally {
      leave();
    }
  };
};
