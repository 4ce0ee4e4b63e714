import { Worker } from 'node:worker_threads';

/**
 * Starts the thread that ends this process when a flow never pauses: nothing else could, for the flow holds everything up.
 * Answers the count by which it sees that: odd while a flow is entered.
 */
export const startGuard = (): Int32Array => {
  const passages = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const thread = new Worker(new URL('./flow-guard-thread.ts', import.meta.url), { workerData: passages });
  thread.unref();
  return passages;
};
