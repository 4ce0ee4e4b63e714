import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { consume, limiterStore } from './rate-limit-store.ts';

/** Failed sign-ins that one account takes from one address, and all accounts together from one address. */
export const signInLimits = {
  account: { points: 10, duration: 15 * 60 },
  address: { points: 20, duration: 60 },
} as const;

export interface SignInAttempt {
  account: string;
  address: string;
}

// A hash keeps addresses of people out of the table and the key within its column.
const hashed = (...parts: string[]): string => createHash('sha256').update(parts.join('\n')).digest('hex');

const tooManyTries = (wait: string): string => `There were too many tries to sign in. Wait ${wait} and try again.`;

/**
 * Runs a try to sign in within the limits. It is counted before it runs, so that tries at the same moment cannot slip
 * through, and given back when it succeeds: only failures count. Nobody is locked out from another address.
 * @throws AppError `rate_limited`
 */
export const limitSignIn = async <Result>(
  em: EntityManager,
  { account, address }: SignInAttempt,
  tryIt: () => Promise<Result>,
): Promise<Result> => {
  const store = await limiterStore(em);
  const byAddress = new RateLimiterPostgres({ ...store, ...signInLimits.address, keyPrefix: 'address' });
  const byAccount = new RateLimiterPostgres({ ...store, ...signInLimits.account, keyPrefix: 'account' });
  const addressKey = hashed(address);
  const accountKey = hashed(account, address);

  await consume(byAddress, addressKey, tooManyTries);
  await consume(byAccount, accountKey, tooManyTries);
  const result = await tryIt();
  await Promise.all([byAddress.reward(addressKey), byAccount.delete(accountKey)]);
  return result;
};
