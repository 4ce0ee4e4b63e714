import { fileURLToPath } from 'node:url';
import threads from 'node:worker_threads';

// Two things that the SDK does for every step of a flow cost more than the step, as `npm run bench` has it:
// - For every promise it takes down where in the code it was made, for the call stack that Temporal Web can show: a third
//   of what a worker does. It has no setting for that, but does without where the platform has no hook for promises.
// - It enters a flow some five times for one activation, each time under a watchdog, for which `vm` starts a thread. One
//   watchdog for the whole activation stops an endless flow as well.

const entry = fileURLToPath(new URL('./workflow-thread.cts', import.meta.url));
const ofTheSdk = /[\\/]workflow-worker-thread(\.js)?$/;

/** The threads in which flows run leave out what they can do without. Call it before the first worker is made. */
export const lightenThreads = (): void => {
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(...[file, options]: ConstructorParameters<typeof Worker>) {
      if (ofTheSdk.test(String(file))) super(entry, { ...options, workerData: file });
      else super(file, options);
    }
  };
};
