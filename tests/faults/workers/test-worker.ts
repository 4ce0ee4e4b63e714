/** The worker that runs a bundle that it is given, and dies after certain activities. */
export const testWorker = 'tests/faults/workers/worker.ts';
