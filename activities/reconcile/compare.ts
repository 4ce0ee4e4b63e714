import type { Context } from '../../api/context.ts';
import { type OpenTicket, openTickets, ticketsAmong } from '../../api/helpdesk/compare.service.ts';
import type { ComparedTickets } from '../../workflows/reconcile/messages.ts';
import type { KnownWorkflow, Workflows } from './workflows.ts';

const pageSize = 500;

interface Pair {
  number: string;
  ticket: OpenTicket | undefined;
  workflow: KnownWorkflow | undefined;
}

/** Compares a range of tickets with one query to each side. Tickets that differ are then checked one by one. */
export const createCompareTickets =
  ({ orm }: Pick<Context, 'orm'>, workflows: Workflows) =>
  async (from: string): Promise<ComparedTickets> => {
    const em = orm.em.fork();
    const page = await openTickets(em, from, pageSize + 1);
    const next = page.at(pageSize)?.number ?? null;
    const tickets = page.slice(0, pageSize);
    const running = await workflows.runningTickets(from, next);
    const open = new Set(tickets.map(({ number }) => number));
    const without = [...running.keys()].filter((number) => !open.has(number));
    const over = new Map((await ticketsAmong(em, without)).map((ticket) => [ticket.number, ticket]));

    const found: ComparedTickets = { checked: tickets.length, suspects: [], lagging: [], next };
    const sort = ({ number, ticket, workflow }: Pair, isOver: boolean): void => {
      if (!ticket || !workflow || workflow.token !== ticket.token || workflow.version === null)
        found.suspects.push(number);
      else if (workflow.version > ticket.version) found.suspects.push(number);
      else if (workflow.version < ticket.version || isOver)
        found.lagging.push({ number, seen: `v${workflow.version} of v${ticket.version}` });
    };
    for (const ticket of tickets) sort({ number: ticket.number, ticket, workflow: running.get(ticket.number) }, false);
    for (const number of without) sort({ number, ticket: over.get(number), workflow: running.get(number) }, true);
    return found;
  };
