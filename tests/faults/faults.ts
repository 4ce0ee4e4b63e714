import { workerKilled } from './cases/f01-worker-killed.ts';
import { workerKilledAfterEffect } from './cases/f02-worker-killed-after-effect.ts';
import { apiKilledBeforeAnswer } from './cases/f03-api-killed-before-answer.ts';
import { apiKilled } from './cases/f04-api-killed.ts';
import { temporalKilled } from './cases/f05-temporal-killed.ts';
import { postgresStopped } from './cases/f06-postgres-stopped.ts';
import { connectionsLost } from './cases/f07-connections-lost.ts';
import { deadlock } from './cases/f08-deadlock.ts';
import { diskFull } from './cases/f09-disk-full.ts';
import { submittedAgain } from './cases/f10-submitted-again.ts';
import { twoAtOnce } from './cases/f11-two-at-once.ts';
import { slaClock } from './cases/f13-sla-clock.ts';
import { clockSteps } from './cases/f14-clock-steps.ts';
import { divergingRelease } from './cases/f15-diverging-release.ts';
import { releaseAndBack } from './cases/f16-release-and-back.ts';
import { mailRefused } from './cases/f17-mail-refused.ts';
import { mailServerAway } from './cases/f18-mail-server-away.ts';
import { longRunningTicket } from './cases/f20-long-running-ticket.ts';
import { tooLarge } from './cases/f21-too-large.ts';
import { olderDatabase } from './cases/f22-older-database.ts';
import { temporalLost } from './cases/f23-temporal-lost.ts';
import { dueTogether } from './cases/f25-due-together.ts';
import { badNetwork } from './cases/f26-bad-network.ts';
import { copiesOfAuth } from './cases/f27-copies-of-auth.ts';
import { askedToStop } from './cases/f28-asked-to-stop.ts';
import { everythingAtOnce } from './cases/f30-everything-at-once.ts';
import { seedingTwice } from './cases/f32-seeding-twice.ts';
import type { Fault } from './fault.ts';

/** In this order: faults that wipe out whole servers come last. */
export const faults: readonly Fault[] = [
  workerKilled,
  workerKilledAfterEffect,
  apiKilledBeforeAnswer,
  apiKilled,
  temporalKilled,
  postgresStopped,
  connectionsLost,
  deadlock,
  diskFull,
  submittedAgain,
  twoAtOnce,
  slaClock,
  clockSteps,
  divergingRelease,
  releaseAndBack,
  mailRefused,
  mailServerAway,
  longRunningTicket,
  tooLarge,
  dueTogether,
  badNetwork,
  copiesOfAuth,
  askedToStop,
  everythingAtOnce,
  seedingTwice,
  olderDatabase,
  temporalLost,
];
