import { fileURLToPath } from 'node:url';
import threads from 'node:worker_threads';

// For every promise of a flow the SDK takes down where in the code it was made, for the call stack that Temporal Web can
// show: a third of what a worker does, as `npm run bench` has it. It has no setting for that, but does without where the
// platform has no hook for promises.

const entry = fileURLToPath(new URL('./workflow-thread.cts', import.meta.url));
const ofTheSdk = /[\\/]workflow-worker-thread(\.js)?$/;

/** The threads in which flows run take down no call stacks. Call it before the first worker is made. */
export const leaveOutCallStacks = (): void => {
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(...[file, options]: ConstructorParameters<typeof Worker>) {
      if (ofTheSdk.test(String(file))) super(entry, { ...options, workerData: file });
      else super(file, options);
    }
  };
};
