import type { MiddlewareHandler } from 'hono';
import type { Env } from './env.ts';
import { isSafe } from './origin.ts';
import { AppError } from './problem.ts';

const hasBody = (headers: Headers): boolean =>
  headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) > 0;

const refused = (sentence: string): AppError => new AppError('unsupported_media_type', sentence);

const checkType = (headers: Headers): void => {
  const given = headers.get('content-type');
  if (given === null && !hasBody(headers)) return;
  const [type = '', ...parameters] = (given ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (type !== 'application/json') throw refused('Send the body as application/json.');
  const charset = parameters.find((parameter) => parameter.startsWith('charset'));
  if (charset !== undefined && !/^charset\s*=\s*"?utf-?8"?$/.test(charset)) throw refused('Send the body as UTF-8.');
};

/** Nothing here unpacks a body. One that is packed would be read as if it were not. */
const checkCoding = (headers: Headers): void => {
  const coding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (coding !== 'identity') throw refused('Send the body as it is: a Content-Encoding is not understood.');
  const transfer = headers.get('transfer-encoding')?.trim().toLowerCase() ?? 'chunked';
  if (transfer !== 'chunked') throw refused('Send the body as it is: a Transfer-Encoding may only be chunked.');
};

/** A change comes as plain JSON: neither another type, nor another character set, nor packed. */
export const plainJsonOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (!isSafe(c.req.method)) {
    checkCoding(c.req.raw.headers);
    checkType(c.req.raw.headers);
  }
  await next();
};
