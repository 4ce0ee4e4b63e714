import { setTimeout } from 'node:timers/promises';

// Milliseconds. What keeps a command out passes within a second or so.
const firstPause = 20;
const longestPause = 250;

/**
 * Sends the same again, after pauses that grow, for as long as what it fails with `passes`, or until then.
 * @throws what `send` throws at last.
 */
export const sendAgain = async <Result>(
  send: () => Promise<Result>,
  passes: (error: unknown) => boolean | Promise<boolean>,
  until: number,
): Promise<Result> => {
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    try {
      return await send();
    } catch (error) {
      if (Date.now() + pause > until || !(await passes(error))) throw error;
    }
    await setTimeout(pause);
  }
};
