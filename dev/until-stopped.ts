import type { Say } from './launch.ts';

interface Program {
  start(): Promise<void>;
  /** Ends everything that was started. Called once, also when the start is still under way. */
  stop(): Promise<void>;
  say: Say;
  /** Shows an error to the person at the terminal. */
  explain(error: unknown): void;
}

/**
 * Runs until a signal, a failed start or an error that nobody caught ends it. However it ends, it stops first what it has
 * started: children that are left alone would keep the ports and the data.
 */
export const runUntilStopped = async ({ start, stop, say, explain }: Program): Promise<void> => {
  let stopping: Promise<void> | undefined;
  const end = async (code: number): Promise<void> => {
    stopping ??= stop();
    try {
      await stopping;
    } catch (error) {
      explain(error);
      process.exit(1);
    }
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      say('stack', stopping ? 'still stopping …' : 'stopping …');
      void end(0);
    });
  }
  process.on('uncaughtException', (error) => {
    explain(error);
    void end(1);
  });
  try {
    await start();
  } catch (error) {
    // While everything is being stopped, failures are expected.
    if (!stopping) explain(error);
    await end(stopping ? 0 : 1);
  }
};
