import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import { AppError } from './problem.ts';

/** Nobody waits longer for any answer, whatever is broken: people and pages look again. Milliseconds. */
const longestRequest = 9_000;

const tooSlow = (): AppError =>
  new AppError('unavailable', 'This takes too long now. It may still be done: look again before you send it again.', {
    retryAfter: 5,
  });

/** Answers for whoever has not answered by then; what was begun goes on. */
export const answerInTime = (longest: number = longestRequest) =>
  // Hono takes errors of its own only; which problem it is, its cause says.
  timeout(longest, () => new HTTPException(503, { cause: tooSlow() }));
