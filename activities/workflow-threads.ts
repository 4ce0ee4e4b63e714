import { fileURLToPath } from 'node:url';
import threads from 'node:worker_threads';
import type { Log } from '../api/log.ts';

// What the SDK does for every step of a flow costs more than the step, as `npm run bench` has it:
// - For every promise it takes down where in the code it was made, for the call stack that Temporal Web can show: a third
//   of what a worker does. It has no setting for that, but does without where the platform has no hook for promises.
// - It enters a flow some five times for one activation, each time under a watchdog, for which `vm` starts a thread. Here a
//   flow has one watchdog for the whole activation until it has done a task; from then on it is only looked at from
//   outside. Should it never pause, its thread is ended, and with it the worker: the next one replays it, watched.
// - After each activation it asks the thread for what the flow has logged, which is nothing nearly always. The thread says
//   so with its answer.

const entry = fileURLToPath(new URL('./workflow-thread.cts', import.meta.url));
const ofTheSdk = /[\\/]workflow-worker-thread(\.js)?$/;

/** A flow that has not paused when we have looked so often was given as many seconds as the SDK gives it. */
const looks = 5;
const lookEveryMs = 1_000;

/** The threads in which flows run leave out what they can do without. Call it before the first worker is made. */
export const lightenThreads = (log: Log): void => {
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(...[file, options]: ConstructorParameters<typeof Worker>) {
      // Counts up when the thread enters a flow, and when it leaves it.
      const passages = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      const isOurs = ofTheSdk.test(String(file));
      if (isOurs) super(entry, { ...options, workerData: { file, passages } });
      else super(file, options);
      if (!isOurs) return;
      endWhenStuck(this, passages, log);
      answerForSilentFlows(this);
    }
  };
};

// By looks and not by the clock: a process that was stopped for a while has not looked meanwhile.
const endWhenStuck = (thread: threads.Worker, passages: Int32Array, log: Log): void => {
  let before = 0;
  let stuckFor = 0;
  const look = () => {
    const now = Atomics.load(passages, 0);
    const isInside = now % 2 !== 0;
    stuckFor = isInside && now === before ? stuckFor + 1 : 0;
    before = now;
    if (stuckFor < looks) return;
    log.error({ seconds: stuckFor }, 'a flow never pauses: this worker ends, and the next one fails its task alone');
    void thread.terminate();
  };
  const looking = setInterval(look, lookEveryMs).unref();
  thread.once('exit', () => clearInterval(looking));
};

interface Request {
  requestId: bigint;
  input: { type: string; runId?: string };
}

interface Response {
  result: { output?: { completion?: { runId?: string; isSilent?: boolean } } };
}

const nothingLogged = { type: 'ok', output: { type: 'sink-calls', calls: [] } };

const answerForSilentFlows = (thread: threads.Worker): void => {
  const silent = new Set<string>();
  const post = thread.postMessage.bind(thread);
  thread.on('message', ({ result }: Response) => {
    const { runId, isSilent = false } = result?.output?.completion ?? {};
    if (runId !== undefined && isSilent) silent.add(runId);
  });
  thread.postMessage = (request: Request, ...rest) => {
    const { requestId, input } = request;
    if (input.type === 'extract-sink-calls' && silent.delete(input.runId ?? ''))
      queueMicrotask(() => thread.emit('message', { requestId, result: nothingLogged }));
    else post(request, ...rest);
  };
};
