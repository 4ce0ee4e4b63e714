import type { Context } from '../context.ts';
import { repeatEvery } from '../operations/repeat.ts';
import { gatherBatch } from './mail-batches.service.ts';

// What one reader is told meanwhile is one mail, and all of it shares a workflow, which costs Temporal as much as a ticket's
// command does; nobody misses a mail for a second.
const everyMs = 1_000;

/** Sends the mails that wait on their batch, as long as this process lives. */
export const keepGathering = ({ orm, log }: Pick<Context, 'orm' | 'log'>): { stop(): Promise<void> } => {
  const gatherAll = async (): Promise<void> => {
    while ((await gatherBatch(orm.em.fork())).isFull);
  };
  return repeatEvery(everyMs, gatherAll, (error) => log.warn({ error }, 'mails not gathered, trying again'));
};
