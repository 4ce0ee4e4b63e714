import type { MikroORM } from '@mikro-orm/postgresql';
import { until } from './until.ts';

/** Locks the row of a ticket while `meanwhile` runs, so that a command reaches the workflow but cannot be recorded. */
export const whileHeld = async <Result>(
  orm: MikroORM,
  number: string,
  send: () => Promise<Result>,
  meanwhile: () => Promise<unknown>,
): Promise<Result> => {
  const { promise, resolve } = Promise.withResolvers<Result>();
  await orm.em.fork().transactional(async (em) => {
    await em.execute('select from helpdesk.ticket where number = ? for update', [number]);
    resolve(send());
    await until(() => isAnybodyWaiting(orm));
    await meanwhile();
  });
  return promise;
};

/** Whether a connection to this database is waiting for a lock. */
export const isAnybodyWaiting = async (orm: MikroORM): Promise<boolean> => {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return (await orm.em.fork().execute(waiting)).length > 0;
};
