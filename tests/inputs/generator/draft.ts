import type { Sent } from '../wire.ts';
import type { Random } from './random.ts';

/** A request that is not sent yet. */
export interface Draft {
  method: string;
  /** With names in braces, `/api/helpdesk/tickets/{number}`. */
  path: string;
  /** By name, already encoded for the path. */
  inPath: Record<string, string>;
  /** Name and value, already encoded. */
  query: [name: string, value: string][];
  headers: [name: string, value: string][];
  /** A JSON value, or the text or bytes that stand for one; undefined where there is none. */
  body: { json: unknown } | { raw: string | Uint8Array } | undefined;
  /** The name of whoever asks. */
  as: string;
  /** What has been made wrong with it. */
  marks: string[];
  /** True when it must not be accepted any more. */
  mustBeRefused: boolean;
}

/** Makes something wrong with a draft. Returns null where it does not apply. */
export type Mutation = (draft: Draft, random: Random) => Draft | null;

/** The changed draft, with a mark that says what was changed. */
export const marked = (draft: Draft, mark: string, change: Partial<Draft>, mustBeRefused = false): Draft => ({
  ...draft,
  ...change,
  marks: [...draft.marks, mark],
  mustBeRefused: draft.mustBeRefused || mustBeRefused,
});

/** The body as it is sent. */
export const bytesOfBody = ({ body }: Draft): Uint8Array | null => {
  if (body === undefined) return null;
  if ('json' in body) return Buffer.from(JSON.stringify(body.json) ?? '');
  return typeof body.raw === 'string' ? Buffer.from(body.raw) : body.raw;
};

const targetOf = ({ path, inPath, query }: Draft): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name) => inPath[name] ?? '');
  const pairs = query.map(([name, value]) => `${name}=${value}`);
  return pairs.length > 0 ? `${filled}?${pairs.join('&')}` : filled;
};

export interface Setting {
  port: number;
  origin: string;
  /** The Cookie header of each actor; null for nobody. */
  cookies: ReadonlyMap<string, string | null>;
}

/** The request of a draft. Its own headers replace those that our pages send. */
export const sentOf = (draft: Draft, { port, origin, cookies }: Setting): Sent => {
  const body = bytesOfBody(draft);
  const isSafe = draft.method === 'GET' || draft.method === 'HEAD';
  const usual: [string, string | null][] = [
    ['host', `127.0.0.1:${port}`],
    ['connection', 'close'],
    ['origin', isSafe ? null : origin],
    ['content-type', body === null ? null : 'application/json'],
    ['content-length', body === null ? (isSafe ? null : '0') : String(body.length)],
    ['cookie', cookies.get(draft.as) ?? null],
  ];
  const named = new Set(draft.headers.map(([name]) => name.toLowerCase()));
  const kept = usual.flatMap(([name, value]): [string, string][] =>
    value === null || named.has(name) ? [] : [[name, value]],
  );
  // `-` as a value leaves the usual header out.
  const own = draft.headers.filter(([, value]) => value !== '-');
  return { method: draft.method, target: targetOf(draft), headers: [...kept, ...own], body };
};
