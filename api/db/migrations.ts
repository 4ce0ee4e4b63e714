import { Outbox } from './migrations/0000-outbox.ts';

/** Every migration in the order in which they run. A landed one is never changed; a new one is added below. */
export const migrations = [{ name: '0000-outbox', class: Outbox }];
