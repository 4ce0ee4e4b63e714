import type { Context } from '../context.ts';
import { every } from '../every.ts';
import { gatherRound } from './rounds.service.ts';

// What one reader is told meanwhile is one mail, and all of it shares a flow, which costs Temporal as much as a ticket's
// command does; nobody misses a mail for a second.
const everyMs = 1_000;

/** Sends the mails that wait on their round, as long as this process lives. */
export const keepGathering = ({ orm, log }: Pick<Context, 'orm' | 'log'>): { stop(): Promise<void> } => {
  const gatherAll = async (): Promise<void> => {
    while ((await gatherRound(orm.em.fork())).isFull);
  };
  return every(everyMs, gatherAll, (error) => log.warn({ error }, 'mails not gathered, trying again'));
};
