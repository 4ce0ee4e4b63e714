import { heartbeat } from '@temporalio/activity';
import type { Context } from '../../api/context.ts';
import { ticketsInWrongHands } from '../../api/tracking/assign.service.ts';
import type { HintedTickets } from '../../workflows/reconcile/messages.ts';
import { hintPage } from '../sync/hint-tickets.ts';

const pageSize = 100;

/** Signals a page of workflows whose step needs another assignee; `after` is the last ticket of the previous page. */
export const createHintTickets =
  (context: Pick<Context, 'orm' | 'temporal'>) =>
  async (after: string): Promise<HintedTickets> => {
    const numbers = await ticketsInWrongHands(context.orm.em.fork(), after, pageSize);
    await hintPage(context, numbers, heartbeat);
    return { hinted: numbers.length, next: numbers.length === pageSize ? (numbers.at(-1) ?? null) : null };
  };
