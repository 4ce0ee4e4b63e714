import { workerKilled } from './cases/f01-worker-killed.ts';
import { apiKilledBeforeAnswer } from './cases/f03-api-killed-before-answer.ts';
import { apiKilled } from './cases/f04-api-killed.ts';
import { temporalKilled } from './cases/f05-temporal-killed.ts';
import { postgresStopped } from './cases/f06-postgres-stopped.ts';
import { slaClock } from './cases/f13-sla-clock.ts';
import { askedToStop } from './cases/f28-asked-to-stop.ts';
import { everythingAtOnce } from './cases/f30-everything-at-once.ts';
import type { Fault } from './fault.ts';

/** In this order: what wipes out whole servers comes last. */
export const faults: readonly Fault[] = [
  workerKilled,
  apiKilledBeforeAnswer,
  apiKilled,
  temporalKilled,
  postgresStopped,
  slaClock,
  askedToStop,
  everythingAtOnce,
];
