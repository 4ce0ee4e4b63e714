import { vi } from 'vitest';

/** Polls until the result is neither false nor null, and returns it. @throws after a minute and a half. */
export const until = <Answer>(ask: () => Promise<Answer | null | false> | Answer | null | false): Promise<Answer> =>
  vi.waitFor(
    async () => {
      const answer = await ask();
      if (answer === null || answer === false) throw new Error('The condition did not become true in time');
      return answer;
    },
    { timeout: 90_000, interval: 50 },
  );
