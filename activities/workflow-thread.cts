// A thread in which flows run: the SDK's own, which `workerData` names, on a platform without promise hooks.
const { workerData }: typeof import('node:worker_threads') = require('node:worker_threads');
const v8: typeof import('node:v8') = require('node:v8');

v8.promiseHooks.createHook = () => {
  const { warn } = console;
  // The SDK tells the log that it does without them, once for each thread: that is what we want, and nobody's concern.
  console.warn = () => {
    console.warn = warn;
  };
  throw new Error('No call stacks are taken down here');
};

require(workerData);
