import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition and answers how many seconds it took. @throws Error that names the condition. */
export const eventually = async (
  what: string,
  isTrue: () => Promise<boolean> | boolean,
  withinSeconds = 60,
): Promise<number> => {
  const started = performance.now();
  const passed = (): number => (performance.now() - started) / 1_000;
  let reason: unknown;
  for (;;) {
    try {
      if (await isTrue()) return passed();
      reason = undefined;
    } catch (error) {
      reason = error;
    }
    if (passed() > withinSeconds)
      throw new Error(`It did not happen within ${withinSeconds} s that ${what}`, { cause: reason });
    await sleep(50);
  }
};
