export interface Turns {
  /** Takes a turn at once, unless one is under way. */
  now(): void;
  /** Takes no more turns, and waits for the one that is under way. */
  stop(): Promise<void>;
}

/** Does this every so many milliseconds, one turn at a time; a turn that fails is told of, and the next one comes. */
export const repeatEvery = (ms: number, turn: () => Promise<void>, failed: (error: unknown) => void): Turns => {
  let running: Promise<void> | null = null;
  const now = (): void => {
    running ??= turn()
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
