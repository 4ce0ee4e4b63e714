import type { EntityManager } from '@mikro-orm/postgresql';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Config } from '../config.ts';
import { consume, limiterStore } from './rate-limit-store.ts';

/** What one person may do only so often in a minute. */
export type Limited = 'submissions' | 'searches' | 'commands';

type Limits = Pick<Config, 'SUBMISSIONS_PER_MINUTE' | 'SEARCHES_PER_MINUTE' | 'COMMANDS_PER_MINUTE'>;

export interface PersonLimits {
  /** Counts one more of this person. @throws AppError `rate_limited` */
  count(em: EntityManager, what: Limited, userId: number): Promise<void>;
  /** Takes one back that was none. */
  giveBack(em: EntityManager, what: Limited, userId: number): Promise<void>;
}

const pointsOf = (limits: Limits): Record<Limited, number> => ({
  submissions: limits.SUBMISSIONS_PER_MINUTE,
  searches: limits.SEARCHES_PER_MINUTE,
  commands: limits.COMMANDS_PER_MINUTE,
});

const sentences: Record<Limited, (count: number, wait: string) => string> = {
  submissions: (count, wait) => `You may submit ${count} tickets in a minute. The next one can be sent in ${wait}.`,
  searches: (count, wait) => `You may search ${count} times in a minute. Search again in ${wait}.`,
  commands: (count, wait) => `You may act ${count} times in a minute. Do it again in ${wait}.`,
};

const minute = 60;

/** The limits of all people, shared by all API processes. A person who is over a limit costs PostgreSQL nothing more. */
export const createPersonLimits = (limits: Limits): PersonLimits => {
  const points = pointsOf(limits);
  const limiters = new Map<Limited, RateLimiterPostgres>();

  const limiterOf = async (em: EntityManager, what: Limited): Promise<RateLimiterPostgres> => {
    const known = limiters.get(what);
    if (known) return known;
    const limiter = new RateLimiterPostgres({
      ...(await limiterStore(em)),
      ...{ points: points[what], duration: minute, keyPrefix: what },
      inMemoryBlockOnConsumed: points[what] + 1,
    });
    limiters.set(what, limiter);
    return limiter;
  };

  return {
    async count(em, what, userId) {
      await consume(await limiterOf(em, what), String(userId), (wait) => sentences[what](points[what], wait));
    },
    async giveBack(em, what, userId) {
      await (await limiterOf(em, what)).reward(String(userId));
    },
  };
};
