import { workerKilled } from './cases/f01-worker-killed.ts';
import type { Fault } from './fault.ts';

/** In this order: what wipes out whole servers comes last. */
export const faults: readonly Fault[] = [workerKilled];
