import { vi } from 'vitest';

/** Waits for a condition: asks until the answer is neither false nor null, and gives it. @throws after half a minute. */
export const until = <Answer>(ask: () => Promise<Answer | null | false> | Answer | null | false): Promise<Answer> =>
  vi.waitFor(
    async () => {
      const answer = await ask();
      if (answer === null || answer === false) throw new Error('What was waited for did not happen');
      return answer;
    },
    { timeout: 30_000, interval: 50 },
  );
