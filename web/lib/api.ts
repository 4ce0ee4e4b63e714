import { noAnswer, Problem, problemOf } from './problem.ts';

type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** A path with the filled parts of a query. */
export const withQuery = (path: string, query: Query = {}): string => {
  const filled = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === null || value === '' ? [] : [[key, String(value)]],
  );
  return filled.length === 0 ? path : `${path}?${new URLSearchParams(filled)}`;
};

const send = async (method: string, path: string, options: Options): Promise<Response> => {
  const headers = new Headers({ accept: 'application/json', ...options.headers });
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  const response = await fetch(withQuery(path, options.query), {
    method,
    headers,
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    signal: options.signal,
    credentials: 'same-origin',
  }).catch((cause: unknown) => {
    throw options.signal?.aborted ? cause : noAnswer(cause);
  });
  if (!response.ok) throw await problemOf(response);
  return response;
};

/** @throws Problem with the server's sentence when the answer is a refusal. */
export const get = async <Answer>(path: string, options: Options = {}): Promise<Answer> =>
  (await send('GET', path, options)).json();

/** @throws Problem with the server's sentence when the answer is a refusal. */
export const post = async <Answer = void>(path: string, body?: unknown, options: Options = {}): Promise<Answer> => {
  const response = await send('POST', path, { ...options, body });
  return response.status === 204 ? (undefined as Answer) : response.json();
};

export const isSignedOut = (error: unknown): boolean => error instanceof Problem && error.status === 401;
