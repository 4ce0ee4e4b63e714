import v8 from 'node:v8';
import vm from 'node:vm';
import { BaseVMWorkflow } from '@temporalio/worker/lib/workflow/vm-shared.js';
import { startGuard } from './flow-guard.ts';

// What the SDK does for every step of a flow costs more than the step, as `npm run bench` has it:
// - Flows run in a thread of their own, and each step sends four messages there and back. Ours take a millisecond, so that
//   nobody is held up when they run where all else does; the SDK knows that as its mode for debuggers.
// - For every promise it takes down where in the code it was made, for the call stack that Temporal Web can show: a third
//   of what a worker does. It has no setting for that, but does without where the platform has no hook for promises.
// - It enters a flow some five times for one activation, each time under a watchdog, for which `vm` starts a thread. Here a
//   flow has one watchdog for the whole activation until it has done a task; from then on one guard looks at all of them.
//   Should a flow never pause, the guard ends the worker, and the next one replays the flow, watched: its task fails alone.

/** Options for every worker that runs flows. The types of the SDK do not name the second, by which a flow must pause. */
export const flowOptions = { debugMode: true, isolateExecutionTimeout: '2 seconds' } as const;

/** Call it once, before the first worker is made. */
export const lightenFlows = (): void => {
  leaveOutCallStacks();
  watchOncePerActivation(startGuard());
};

const leaveOutCallStacks = (): void => {
  v8.promiseHooks.createHook = () => {
    const { warn } = console;
    // The SDK tells the log that it does without them, once for each worker: that is what we want, and nobody's concern.
    console.warn = () => {
      console.warn = warn;
    };
    throw new Error('No call stacks are taken down here');
  };
};

type Flow = typeof BaseVMWorkflow.prototype;
type Activation = Parameters<Flow['activate']>[0];
type Completion = ReturnType<Flow['activate']>;

/** @param passages counts up when a flow is entered that has no watchdog, and when it is left. */
const watchOncePerActivation = (passages: Int32Array): void => {
  const { runInContext } = vm.Script.prototype;
  const { activate } = BaseVMWorkflow.prototype;
  const outside = vm.createContext({ enter: null });
  const entrance = new vm.Script('enter()');
  let timeout: number | undefined;
  let isInside = false;

  vm.Script.prototype.runInContext = function (context, options) {
    if (typeof options !== 'object' || options.timeout === undefined) return runInContext.call(this, context, options);
    timeout = options.timeout;
    return runInContext.call(this, context, isInside ? { ...options, timeout: undefined } : options);
  };

  const watched = (work: () => Completion): Completion => {
    outside.enter = work;
    return runInContext.call(entrance, outside, { timeout });
  };

  const guarded = (work: () => Completion): Completion => {
    Atomics.add(passages, 0, 1);
    try {
      return work();
    } finally {
      Atomics.add(passages, 0, 1);
    }
  };

  // Which workflow task was the first that a flow did here, after its replay. Where a worker was ended over a flow, this
  // is the task that never pauses.
  const firstTasks = new WeakMap<Flow, number>();
  const hasDoneTask = (flow: Flow, { isReplaying, historyLength }: Activation): boolean => {
    const task = historyLength ?? 0;
    const first = firstTasks.get(flow);
    if (first === undefined && !isReplaying) firstTasks.set(flow, task);
    return first !== undefined && task > first;
  };

  // The SDK's `activate` leaves the flow for good before it waits for anything, so all its entries are within this one.
  const enter = (flow: Flow, activation: Activation): Completion => {
    const by = hasDoneTask(flow, activation) ? guarded : watched;
    isInside = true;
    try {
      return by(() => activate.call(flow, activation));
    } finally {
      isInside = false;
    }
  };

  BaseVMWorkflow.prototype.activate = async function (activation) {
    try {
      return await enter(this, activation);
    } catch (error) {
      return { runId: this.runId, failed: { failure: this.activator.errorToFailure(error) } } as Awaited<Completion>;
    }
  };
};
