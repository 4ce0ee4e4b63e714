// Loaded before a program of the product (`node --import`): the time of day is wrong, and steps at a signal, as
// when somebody sets the clock. Everything that measures spans (timers, `performance`) is right, as on such a machine.
import { readFileSync } from 'node:fs';
import { env } from 'node:process';

const RealDate = Date;
let step = 0;

const read = (): void => {
  step = Number(readFileSync(env.CLOCK_STEP_FILE ?? '', 'utf8'));
};

read();
process.on('SIGUSR2', read);

const now = (): number => RealDate.now() + step;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});
