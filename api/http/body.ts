import { isUtf8 } from 'node:buffer';
import type { MiddlewareHandler } from 'hono';
import type { Env } from './env.ts';
import { AppError } from './problem.ts';

export const largestBody = 256 * 1024;

/** So much of a body that is too large anyhow is taken before its sender hears of it. */
const largestTaken = 16 * 1024 * 1024;

/** Reads a body; null when it is too large. Who still sends when the connection closes would never read the answer. */
const readWithin = async (body: ReadableStream<Uint8Array>, largest: number): Promise<Buffer | null> => {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size <= largest) kept.push(chunk);
    if (size > largestTaken) break;
  }
  return size > largest ? null : Buffer.concat(kept);
};

/** The length of the body that its sender has announced; null when there is none. */
const announcedLength = ({ headers }: Request): number | null => {
  const length = headers.has('transfer-encoding') ? null : headers.get('content-length');
  return length === null ? null : Number(length);
};

const hasNone = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

// Hono's own `bodyLimit` looks at `body`: then the whole request is made anew, as a web request with streams, which costs
// as much as the rest of what we do with it. Where the length is announced, nobody needs to look. Nor does it read on
// when a body is too large.

export const limitBody: MiddlewareHandler<Env> = async (c, next) => {
  const { raw } = c.req;
  const announced = announcedLength(raw);
  const isWithin = hasNone(raw) || (announced !== null && announced <= largestBody);
  if (!isWithin && raw.body !== null) {
    const content = await readWithin(raw.body, announced === null ? largestBody : 0);
    if (content === null) throw new AppError('too_large', `Send at most ${largestBody / 1024} KB.`);
    c.req.raw = new Request(raw, { body: new Uint8Array(content) });
  }
  await next();
};

/** Refuses what is no UTF-8. The decoder would put another character where one is broken, and nobody would know. */
export const utf8Only: MiddlewareHandler<Env> = async (c, next) => {
  const { raw } = c.req;
  if (!hasNone(raw) && (announcedLength(raw) !== null || raw.body !== null)) {
    // Hono keeps what was read for those who read the body next.
    if (!isUtf8(await c.req.arrayBuffer())) throw new AppError('invalid_input', 'The body is not UTF-8.');
  }
  await next();
};
