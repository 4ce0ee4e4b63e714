import type { Context } from '../context.ts';
import { repeatEvery } from '../operations/repeat.ts';
import { fillMailBatch } from './mail-batches.service.ts';

// Notifications to one person within a second share one mail, and all mails of that second share a workflow, which costs
// Temporal as much as a ticket's command does; nobody misses a mail for a second.
const everyMs = 1_000;

/** Sends the mails that wait on their way, as long as this process lives. */
export const keepFillingMailBatches = ({
  orm,
  log,
  config,
}: Pick<Context, 'orm' | 'log' | 'config'>): { stop(): Promise<void> } => {
  const fillAll = async (): Promise<void> => {
    while ((await fillMailBatch(orm.em.fork(), config.MAIL_FROM)).isFull);
  };
  return repeatEvery(everyMs, fillAll, (error) => log.warn({ error }, 'mail batch not filled, trying again'));
};
