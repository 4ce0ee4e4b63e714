import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from './problem.ts';

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

const consume = async (limiter: RateLimiterPostgres, key: string): Promise<void> => {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
    throw new AppError('rate_limited', `There were too many tries to sign in. Wait ${wait} and try again.`, {
      retryAfter: seconds,
    });
  }
};

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
  const storeClient = await em.getConnection().getNativeClient();
  const shared = {
    storeClient,
    schemaName: 'auth',
    tableName: 'rate_limit',
    tableCreated: true,
    clearExpiredByTimeout: false,
  };
  const byAddress = new RateLimiterPostgres({ ...shared, ...signInLimits.address, keyPrefix: 'address' });
  const byAccount = new RateLimiterPostgres({ ...shared, ...signInLimits.account, keyPrefix: 'account' });
  const addressKey = hashed(address);
  const accountKey = hashed(account, address);

  await consume(byAddress, addressKey);
  await consume(byAccount, accountKey);
  const result = await tryIt();
  await Promise.all([byAddress.reward(addressKey), byAccount.delete(accountKey)]);
  return result;
};
