// A thread in which flows run: the SDK's own, which `workerData` names, with what `workflow-threads.ts` says.
const { dirname, join }: typeof import('node:path') = require('node:path');
const { workerData }: typeof import('node:worker_threads') = require('node:worker_threads');
const v8: typeof import('node:v8') = require('node:v8');
const vm: typeof import('node:vm') = require('node:vm');

const leaveOutCallStacks = (): void => {
  v8.promiseHooks.createHook = () => {
    const { warn } = console;
    // The SDK tells the log that it does without them, once for each thread: that is what we want, and nobody's concern.
    console.warn = () => {
      console.warn = warn;
    };
    throw new Error('No call stacks are taken down here');
  };
};

interface Flow {
  runId: string;
  activator: { errorToFailure(error: unknown): unknown };
  activate(activation: unknown): Promise<unknown>;
}

const watchOncePerActivation = (prototype: Flow): void => {
  const { runInContext } = vm.Script.prototype;
  const { activate } = prototype;
  const outside = vm.createContext({ enter: null });
  const entrance = new vm.Script('enter()');
  let timeout: number | undefined;
  let isWatched = false;

  vm.Script.prototype.runInContext = function (context, options) {
    if (typeof options !== 'object' || options.timeout === undefined) return runInContext.call(this, context, options);
    timeout = options.timeout;
    return runInContext.call(this, context, isWatched ? { ...options, timeout: undefined } : options);
  };

  const watched = (work: () => Promise<unknown>): Promise<unknown> => {
    outside.enter = work;
    isWatched = true;
    try {
      return runInContext.call(entrance, outside, { timeout });
    } finally {
      isWatched = false;
    }
  };

  // The SDK's `activate` leaves the flow for good before it waits for anything, so all its entries are within this one.
  prototype.activate = async function (activation) {
    try {
      return await watched(() => activate.call(this, activation));
    } catch (error) {
      return { runId: this.runId, failed: { failure: this.activator.errorToFailure(error) } };
    }
  };
};

leaveOutCallStacks();
watchOncePerActivation(require(join(dirname(workerData), 'vm-shared')).BaseVMWorkflow.prototype);
require(workerData);
