export interface Repetition {
  /** Runs it at once, unless it is running. */
  now(): void;
  /** Ends the repetition, and waits for what is running. */
  stop(): Promise<void>;
}

/**
 * Runs this every so many milliseconds, never twice at once; a run that fails is reported, and the next one comes. No
 * library for retries or queues does this: they stop at a success, and this goes on as long as the process lives.
 */
export const repeatEvery = (ms: number, run: () => Promise<void>, failed: (error: unknown) => void): Repetition => {
  let running: Promise<void> | null = null;
  const now = (): void => {
    running ??= run()
      .catch(failed)
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(now, ms);
  return {
    now,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
};
