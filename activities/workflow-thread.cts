// A thread in which flows run: the SDK's own, which `workerData` names, with what `workflow-threads.ts` says.
const { dirname, join }: typeof import('node:path') = require('node:path');
const { workerData }: typeof import('node:worker_threads') = require('node:worker_threads');
const v8: typeof import('node:v8') = require('node:v8');
const vm: typeof import('node:vm') = require('node:vm');

const { file, passages }: { file: string; passages: Int32Array } = workerData;

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

interface Activation {
  isReplaying?: boolean | null;
  /** How many events there were when the workflow task began. */
  historyLength?: number | null;
}

interface Flow {
  runId: string;
  activator: { sinkCalls: unknown[]; errorToFailure(error: unknown): unknown };
  activate(activation: Activation): Promise<object>;
}

const watchOncePerActivation = (prototype: Flow): void => {
  const { runInContext } = vm.Script.prototype;
  const { activate } = prototype;
  const outside = vm.createContext({ enter: null });
  const entrance = new vm.Script('enter()');
  let timeout: number | undefined;
  let isInside = false;

  vm.Script.prototype.runInContext = function (context, options) {
    if (typeof options !== 'object' || options.timeout === undefined) return runInContext.call(this, context, options);
    timeout = options.timeout;
    return runInContext.call(this, context, isInside ? { ...options, timeout: undefined } : options);
  };

  const watched = (work: () => Promise<object>): Promise<object> => {
    outside.enter = work;
    return runInContext.call(entrance, outside, { timeout });
  };

  const lookedAt = (work: () => Promise<object>): Promise<object> => {
    Atomics.add(passages, 0, 1);
    try {
      return work();
    } finally {
      Atomics.add(passages, 0, 1);
    }
  };

  // Which workflow task was the first that a flow did here, after its replay. Where a thread was ended over a flow, this
  // is the task that never pauses.
  const firstTasks = new WeakMap<Flow, number>();
  const hasDoneTask = (flow: Flow, { isReplaying, historyLength }: Activation): boolean => {
    const task = historyLength ?? 0;
    const first = firstTasks.get(flow);
    if (first === undefined && !isReplaying) firstTasks.set(flow, task);
    return first !== undefined && task > first;
  };

  // The SDK's `activate` leaves the flow for good before it waits for anything, so all its entries are within this one.
  const enter = (flow: Flow, activation: Activation): Promise<object> => {
    const by = hasDoneTask(flow, activation) ? lookedAt : watched;
    isInside = true;
    try {
      return by(() => activate.call(flow, activation));
    } finally {
      isInside = false;
    }
  };

  prototype.activate = async function (activation) {
    try {
      const completion = await enter(this, activation);
      return Object.assign(completion, { isSilent: this.activator.sinkCalls.length === 0 });
    } catch (error) {
      return { runId: this.runId, failed: { failure: this.activator.errorToFailure(error) } };
    }
  };
};

leaveOutCallStacks();
watchOncePerActivation(require(join(dirname(file), 'vm-shared')).BaseVMWorkflow.prototype);
require(file);
