import type { MiddlewareHandler } from 'hono';
import type { Config } from '../config.ts';
import type { Env } from './env.ts';
import { AppError } from './problem.ts';

/** What machines ask at an address of their own; it tells them yes or no. */
const forMachines: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/**
 * In production, answers only who asks for the host of PUBLIC_URL. Another name that leads here is a mistake, or a foreign
 * one: with it, pages of others could read from inside a network what only this server should tell.
 */
export const knownHostOnly = ({
  NODE_ENV,
  PUBLIC_URL,
}: Pick<Config, 'NODE_ENV' | 'PUBLIC_URL'>): MiddlewareHandler<Env> => {
  const { origin, protocol } = new URL(PUBLIC_URL);
  const isOurs = (host: string): boolean => {
    const address = `${protocol}//${host}`;
    return URL.canParse(address) && new URL(address).href === `${origin}/`;
  };
  return async (c, next) => {
    // The address can name one, too; a proxy in between would go by that.
    const hosts = [c.req.header('host'), new URL(c.req.url).host].filter((host) => host !== undefined);
    const fits = NODE_ENV !== 'production' || forMachines.has(c.req.path) || hosts.every(isOurs);
    if (!fits) throw new AppError('misdirected', `Open ${origin}: nothing is served under another name.`);
    await next();
  };
};
