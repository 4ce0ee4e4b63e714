import type { EntityManager } from '@mikro-orm/postgresql';
import { type RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from './problem.ts';

/** Where limiters count: in PostgreSQL, so that all API processes count together. */
export const limiterStore = async (em: EntityManager) => ({
  storeClient: await em.getConnection().getNativeClient(),
  schemaName: 'auth',
  tableName: 'rate_limit',
  tableCreated: true,
  clearExpiredByTimeout: false,
});

/** Counts one more. `sentence` says what was too much, given how long to wait. @throws AppError `rate_limited` */
export const consume = async (
  limiter: RateLimiterPostgres,
  key: string,
  sentence: (wait: string) => string,
): Promise<void> => {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new AppError('rate_limited', sentence(waitOf(seconds)), { retryAfter: seconds });
  }
};

const waitOf = (seconds: number): string => {
  if (seconds >= 90) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? 'a second' : `${seconds} seconds`;
};
