import { hc } from 'hono/client';
import type { App } from '../../api/app.ts';
import { pageUser } from './page-user.ts';
import { noAnswer, problemOf } from './problem.ts';

/** Says for whom this page was made: the API refuses it with `other_user` when somebody else is signed in by now. */
const asPageUser = (given: HeadersInit | undefined): Headers => {
  const headers = new Headers(given);
  const user = pageUser();
  if (user) headers.set('page-user', String(user.id));
  return headers;
};

/** Asks the API. @throws Problem with the server's sentence when it refuses, or does not answer. */
export const ask: typeof fetch = (input, init) => askAsAnybody(input, { ...init, headers: asPageUser(init?.headers) });

const askAsAnybody: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, credentials: 'same-origin' }).catch((cause: unknown) => {
    throw init?.signal?.aborted ? cause : noAnswer(cause);
  });
  if (!response.ok) throw await problemOf(response);
  return response;
};

/** The API, typed by its own routes. Every call throws a `Problem` with the server's sentence when it is refused. */
export const { api } = hc<App>('/', { fetch: ask });

/** Signing in is for whoever comes. */
export const signInApi = hc<App>('/', { fetch: askAsAnybody }).api.auth['sign-in'];

/** The body of an answer: `await answer(api.me.$get())`. */
export const answer = async <Body>(call: Promise<{ json(): Promise<Body> }>): Promise<Body> => (await call).json();

/** The first page of a list is asked for without a cursor. */
export const noCursor = (): string | undefined => undefined;

/** Options of a read, so that it stops when nobody waits for it any more. */
export const whileWanted = (signal?: AbortSignal) => ({ init: { signal } });
