import { hc } from 'hono/client';
import type { App } from '../../api/app.ts';
import { noAnswer, Problem, problemOf } from './problem.ts';

/** Asks the API. @throws Problem with the server's sentence when it refuses, or does not answer. */
export const ask: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, credentials: 'same-origin' }).catch((cause: unknown) => {
    throw init?.signal?.aborted ? cause : noAnswer(cause);
  });
  if (!response.ok) throw await problemOf(response);
  return response;
};

/** The API, typed by its own routes. Every call throws a `Problem` with the server's sentence when it is refused. */
export const { api } = hc<App>('/', { fetch: ask });

/** The body of an answer: `await answer(api.me.$get())`. */
export const answer = async <Body>(call: Promise<{ json(): Promise<Body> }>): Promise<Body> => (await call).json();

/** Options of a read, so that it stops when nobody waits for it any more. */
export const whileWanted = (signal?: AbortSignal) => ({ init: { signal } });

export const isSignedOut = (error: unknown): boolean => error instanceof Problem && error.status === 401;
