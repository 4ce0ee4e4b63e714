import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

// The real API in a process that reports how busy it is and how much memory it uses. Started by watch.ts.

export interface Condition {
  /** The longest time for which the event loop did nothing else, in milliseconds that this thread really computed. */
  longestTurn: number;
  /** The longest delay by the clock: neighbours on a busy machine count, too. */
  longestDelay: number;
  /** Memory after a collection. */
  rssMb: number;
}

const tick = 10;
const delay = monitorEventLoopDelay({ resolution: tick });
let longestTurn = 0;
let before = process.threadCpuUsage();

const computed = (): number => {
  const { user, system } = process.threadCpuUsage(before);
  before = process.threadCpuUsage();
  return (user + system) / 1_000;
};

const takeTurn = (): void => {
  longestTurn = Math.max(longestTurn, computed());
};

const readCondition = (): Condition => {
  takeTurn();
  const condition = { longestTurn, longestDelay: delay.max / 1e6, rssMb: 0 };
  globalThis.gc?.();
  condition.rssMb = process.memoryUsage.rss() / 2 ** 20;
  computed();
  longestTurn = 0;
  delay.reset();
  return condition;
};

process.on('message', () => process.send?.(readCondition()));
// Whoever started it is gone, and nobody else would end it.
process.on('disconnect', () => process.exit(1));

const [, , program = ''] = process.argv;
await import(pathToFileURL(program).href);
setInterval(takeTurn, tick).unref();
// The channel must not keep the process alive: once its servers have closed, it ends as the API does.
process.channel?.unref();
delay.enable();
