import { vi } from 'vitest';

/** Waits for a condition: asks until the answer is neither false nor null, and gives it. @throws after a minute and a half. */
export const until = <Answer>(ask: () => Promise<Answer | null | false> | Answer | null | false): Promise<Answer> =>
  vi.waitFor(
    async () => {
      const answer = await ask();
      if (answer === null || answer === false) throw new Error('What was waited for did not happen');
      return answer;
    },
    { timeout: 90_000, interval: 50 },
  );
