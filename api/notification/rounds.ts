import type { Context } from '../context.ts';
import { every } from '../every.ts';
import { gatherRound, mostOfRound } from './rounds.service.ts';

// What is told meanwhile shares a flow, which costs Temporal as much as a ticket's command does; nobody misses a mail for
// so long.
const everyMs = 500;

/** Sends the mails that wait on their round, as long as this process lives. */
export const keepGathering = ({ orm, log }: Pick<Context, 'orm' | 'log'>): { stop(): Promise<void> } => {
  const gatherAll = async (): Promise<void> => {
    while ((await gatherRound(orm.em.fork())) === mostOfRound);
  };
  return every(everyMs, gatherAll, (error) => log.warn({ error }, 'mails not gathered, trying again'));
};
