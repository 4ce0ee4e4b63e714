import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

/** From then on the mail server is slow, in milliseconds, and the next mail starts beside the one that waits. */
const slowAfter = 2_000;

export type Turns = <Result>(send: () => Promise<Result>) => Promise<Result>;

/**
 * Mails are sent one after the other, so that a crash leaves the outcome of one unknown and not of many. No mail waits
 * long for another: beside a slow one the next one starts.
 */
export const createTurns = (): Turns => {
  const oneAtATime = pLimit(1);
  return (send) =>
    new Promise((resolve, reject) => {
      void oneAtATime(async () => {
        const sending = send();
        sending.then(resolve, reject);
        await Promise.race([sending.catch(() => undefined), sleep(slowAfter, undefined, { ref: false })]);
      });
    });
};
