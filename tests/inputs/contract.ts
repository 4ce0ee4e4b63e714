import { expect } from 'vitest';
import type { Answer } from '../../api/http/browser.fixture.ts';
import type { Actor } from '../factories.ts';
import { faultsOf } from './rules.ts';
import type { Target } from './target.ts';
import { bytesOf, exchange, type Received, type Sent } from './wire.ts';

export interface Ask {
  /** GET, or POST when there is something to send. */
  method?: string;
  /** With its query. Sent as it is: encode what has to be encoded. */
  path: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is: text as UTF-8, bytes as bytes. */
  body?: string | Uint8Array;
  /** Besides those that our pages send. Undefined leaves one out; a list sends it several times. */
  headers?: Record<string, string | string[] | undefined>;
  /** Whose session it has, or a whole Cookie header. Left out: nobody's. */
  as?: Pick<Actor, 'browser'> | string | null;
}

const cookieOf = (as: Ask['as']): string | undefined => {
  if (typeof as === 'string') return as;
  return as?.browser.cookie() ?? undefined;
};

const bodyOf = ({ json, body }: Ask): Uint8Array | null => {
  if (json !== undefined) return Buffer.from(JSON.stringify(json));
  return typeof body === 'string' ? Buffer.from(body) : (body ?? null);
};

/** What our pages would send, with these changes. */
export const sentFor = (target: Pick<Target, 'port' | 'origin'>, asked: Ask): Sent => {
  const body = bodyOf(asked);
  const method = asked.method ?? (body === null ? 'GET' : 'POST');
  const isSafe = method === 'GET' || method === 'HEAD';
  const headers: Record<string, string | string[] | undefined> = {
    host: `127.0.0.1:${target.port}`,
    connection: 'close',
    origin: isSafe ? undefined : target.origin,
    'content-type': body === null ? undefined : 'application/json',
    'content-length': body === null ? (isSafe ? undefined : '0') : String(body.length),
    cookie: cookieOf(asked.as),
    ...Object.fromEntries(Object.entries(asked.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
  };
  return {
    method,
    target: asked.path,
    headers: Object.entries(headers).flatMap(([name, values]) =>
      [values ?? []].flat().map((value): [string, string] => [name, value]),
    ),
    body,
  };
};

const shown = 4_000;

/** A request in a form that can be sent again: `Buffer.from('…', 'latin1')` gives its bytes. */
export const describeSent = (sent: Sent): string => {
  const text = JSON.stringify(bytesOf(sent).toString('latin1'));
  return text.length > shown ? `${text.slice(0, shown)}… (${text.length} characters)` : text;
};

const answerOf = ({ status, headers, text }: Received): Answer => ({
  status,
  headers,
  body: (headers.get('content-type') ?? '').includes('json') && text !== '' ? JSON.parse(text) : text,
});

/** Sends exactly these bytes. @throws AssertionError when the answer breaks the contract of all answers. */
export const askRaw = async (target: Pick<Target, 'port' | 'api'>, sent: Sent): Promise<Answer> => {
  const received = await exchange(target.port, bytesOf(sent));
  const faults = faultsOf(sent, received);
  if (faults.length > 0) {
    const log = target.api.troubles(received.headers.get('x-request-id'));
    expect.fail(
      [
        `${sent.method} ${sent.target.slice(0, 200)} was answered ${received.status}, and the answer breaks the contract:`,
        ...faults.map((fault) => `- ${fault}`),
        `Request: ${describeSent(sent)}`,
        `Answer: ${received.text.slice(0, shown)}`,
        ...log.map((line) => `Log: ${line.slice(0, shown)}`),
      ].join('\n'),
    );
  }
  return answerOf(received);
};

/**
 * Sends the running API a request over a socket, such as our pages send, or such as they never would.
 * @throws AssertionError when the answer breaks the contract of all answers.
 */
export const ask = (target: Target, asked: Ask): Promise<Answer> => askRaw(target, sentFor(target, asked));
