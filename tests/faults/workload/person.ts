import { z } from 'zod';
import type { Journal, Operation, Outcome } from './journal.ts';

/** Somebody who is signed in and whose every request goes into the journal. */
export interface Person {
  id: number;
  email: string;
  ask(request: Request): Promise<Answer>;
}

interface Request {
  kind: Operation['kind'];
  path: string;
  /** Without one it is a GET. */
  body?: object;
  key?: string;
  /** The Idempotency-Key that is sent, where it is not the key by which the journal knows the submission. */
  sentKey?: string;
  ticket?: string;
  command?: string;
  /** Another address of the API than the usual one. */
  via?: string;
}

export interface Answer {
  outcome: Outcome;
  /** Null: no answer came. */
  status: number | null;
  body: unknown;
  retryAfter: string | null;
}

/** Nobody waits longer than this for any answer, whatever is broken. */
const longestMs = 10_000;
// Longer than what is promised, so that a broken promise is measured and not cut off.
const patienceMs = 25_000;

const problem = z.object({ code: z.string(), status: z.int(), title: z.string(), requestId: z.string() });
const made = z.object({ number: z.string().optional(), version: z.int().optional() });
const list = z.object({ items: z.array(z.object({ number: z.string() })) });

interface Access {
  id: number;
  email: string;
  cookie: string;
  origin: string;
  /** Where the API listens. */
  url(): string;
  journal: Journal;
}

const outcomeOf = (status: number): Outcome => {
  if (status < 300) return 'ok';
  return status < 500 ? 'refused' : 'unknown';
};

export const createPerson = ({ id, email, cookie, origin, url, journal }: Access): Person => {
  const exchange = async ({
    path,
    body,
    key,
    sentKey = key,
    via = url(),
  }: Request): Promise<Omit<Answer, 'outcome'>> => {
    const headers: Record<string, string> = { cookie, origin };
    if (body) headers['content-type'] = 'application/json';
    if (sentKey) headers['idempotency-key'] = sentKey;
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    const response = await fetch(`${via}${path}`, { ...init, headers, signal: AbortSignal.timeout(patienceMs) });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? null : JSON.parse(text),
      retryAfter: response.headers.get('retry-after'),
    };
  };

  const checkAnswer = ({ path }: Request, { status, body, retryAfter }: Omit<Answer, 'outcome'>, ms: number): void => {
    if (ms > longestMs) journal.breach(`${path} kept its caller waiting for ${(ms / 1_000).toFixed(1)} s`);
    if (status === null || status < 400) return;
    const { success, data } = problem.safeParse(body);
    if (!success || data.status !== status) journal.breach(`${path} answered ${status} without a problem to read`);
    if (status < 500) return;
    if (status !== 503) journal.breach(`${path} answered ${status} ${JSON.stringify(body)}`);
    else if (retryAfter === null) journal.breach(`${path} answered 503 without saying when to try again`);
  };

  return {
    id,
    email,
    async ask(request) {
      const started = Date.now();
      // A connection that was lost gives no answer; that is what the faults are about, and the journal keeps it.
      const reply = await exchange(request).catch(() => ({ status: null, body: null, retryAfter: null }));
      const ended = Date.now();
      checkAnswer(request, reply, ended - started);
      const outcome = reply.status === null ? 'unknown' : outcomeOf(reply.status);
      const facts = outcome === 'ok' ? (made.safeParse(reply.body).data ?? {}) : {};
      const { kind, key = null, command = null, ticket = facts.number ?? null } = request;
      const version = kind === 'command' ? (facts.version ?? null) : null;
      journal.note({
        ...{ kind, by: id, key, ticket, command, started, ended },
        ...{ outcome, status: reply.status, version },
        listed: kind === 'list' ? list.safeParse(reply.body).data?.items.map(({ number }) => number) : undefined,
      });
      return { outcome, ...reply };
    },
  };
};
