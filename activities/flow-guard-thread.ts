import { workerData } from 'node:worker_threads';
import { createLog } from '../api/log.ts';

const passages: Int32Array = workerData;
const log = createLog('flow guard', 'info');

const lookEveryMs = 1_000;
// By looks and not by the clock: a process that was stopped for a while has not looked meanwhile.
const looks = 5;

let before = 0;
let stuckFor = 0;
setInterval(() => {
  const now = Atomics.load(passages, 0);
  const isInside = now % 2 !== 0;
  stuckFor = isInside && now === before ? stuckFor + 1 : 0;
  before = now;
  if (stuckFor === looks)
    log.fatal(
      { seconds: stuckFor },
      'a flow never pauses: this worker ends, and with the next one its task fails alone',
    );
  // The log is written meanwhile.
  if (stuckFor > looks) process.kill(process.pid, 'SIGKILL');
}, lookEveryMs);
