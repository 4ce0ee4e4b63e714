import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../http/problem.ts';

// OWASP's second choice for Argon2id, which is the library's default algorithm: 19 MiB, two passes, one lane.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const wanted = '$argon2id$v=19$m=19456,t=2,p=1$';

// A hash of discarded random bytes, so that an unknown user takes as long as a known one.
const dummyHash = `${wanted}GQROsxYIoiMJg6cCSx0kUA$YMRFZ7m4T0E+J01AGNVb7MYrGeoIhPIGplSlfTK9NvY`;

const mostAtOnce = 4;
const mostInLine = 50;

/**
 * Lets `limit` calls run at once and `line` others wait, so that a rush of sign-ins does not use up all memory and threads.
 * Calls beyond that fail at once with AppError `unavailable`.
 */
export const createLimiter = (limit: number, line: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= limit && waiting.length >= line)
      throw new AppError('unavailable', 'Many people sign in just now. Try again in a moment.', { retryAfter: 2 });
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

const limited = createLimiter(mostAtOnce, mostInLine);

// The same letters typed on another keyboard must give the same password.
const normal = (password: string): string => password.normalize('NFKC');

export const hashPassword = (password: string): Promise<string> => limited(() => hash(normal(password), parameters));

/** Always does one verification, even without a hash. */
export const verifyPassword = (passwordHash: string | null, password: string): Promise<boolean> =>
  limited(async () => {
    const right = await verify(passwordHash ?? dummyHash, normal(password));
    return right && passwordHash !== null;
  });

/** Whether a hash was made with other parameters than today's. */
export const isOutdated = (passwordHash: string): boolean => !passwordHash.startsWith(wanted);
