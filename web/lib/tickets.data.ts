import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { TicketQuery, TicketRow, TicketView } from '../../api/helpdesk/ticket.schema.ts';
import type { Page } from '../../api/http/page.schema.ts';
import { answer, api, noCursor, whileWanted } from './api.ts';
import { mergedPages } from './merged-pages.ts';
import { isProblem } from './problem.ts';
import { readUntil } from './read-until.ts';
import { type CommandInput, createCommandSender } from './send-command.ts';

export type { Page };

export interface TicketFilter {
  scope: TicketQuery['scope'];
  /** Several, separated by commas. */
  status?: string;
  category?: string;
  requester?: string;
  /** Moments. */
  submittedFrom?: string;
  submittedBefore?: string;
  /** `false`: only tickets that no coordinator has opened. */
  opened?: TicketQuery['opened'];
  q?: string;
  sort?: TicketQuery['sort'];
  limit?: number;
}

const ticketsKey = ['tickets'] as const;
const ticketKey = (number: string) => ['ticket', number] as const;
const routes = api.helpdesk.tickets;
const readTicket = (number: string, signal?: AbortSignal): Promise<TicketView> =>
  answer(routes[':number'].$get({ param: { number } }, whileWanted(signal)));

/** A list of tickets, page by page; `refresh` in milliseconds for a list that people wait in front of. */
export const useTickets = (filter: () => TicketFilter, refresh?: number) =>
  useInfiniteQuery(() => ({
    queryKey: [...ticketsKey, 'list', filter()],
    queryFn: ({ pageParam, signal }): Promise<Page<TicketRow>> =>
      answer(routes.$get({ query: { ...filter(), cursor: pageParam } }, whileWanted(signal))),
    initialPageParam: noCursor(),
    getNextPageParam: (page: Page<TicketRow>) => page.next ?? undefined,
    refetchInterval: refresh ?? false,
    reconcile: 'number',
  }));

export type Tickets = ReturnType<typeof useTickets>;

/** Each ticket once, in its newest state, also when it has moved between pages. */
export const rowsOf = (data: { pages: Page<TicketRow>[] }): TicketRow[] =>
  mergedPages(
    data,
    ({ number }) => number,
    ({ version }) => version,
  );

type CountFilter = Omit<TicketFilter, 'q' | 'sort' | 'limit'>;

/** How many tickets have each status; of none while the filter is null. */
export const useTicketCounts = (filter: () => CountFilter | null) =>
  useQuery(() => ({
    queryKey: [...ticketsKey, 'counts', filter()],
    queryFn: ({ signal }) => answer(routes.counts.$get({ query: filter() ?? {} }, whileWanted(signal))),
    refetchInterval: 30_000,
    enabled: filter() !== null,
  }));

export const useTicket = (number: () => string) =>
  useQuery(() => ({
    queryKey: ticketKey(number()),
    queryFn: ({ signal }) => readTicket(number(), signal),
    refetchInterval: 30_000,
    reconcile: 'id',
  }));

/**
 * Sends a command and is done when the page can show it. After a conflict the page shows what the others did.
 * `onDone` is called before the page changes, because the part that sent the command may be gone afterwards.
 */
export const useTicketCommand = (onDone: (ticket: TicketView) => void) => {
  const client = useQueryClient();
  const send = createCommandSender();
  const show = (view: TicketView) => client.setQueryData(ticketKey(view.number), view);
  return useMutation(() => ({
    mutationFn: async (input: CommandInput): Promise<TicketView> => {
      const { version } = await send(input);
      return readUntil(() => readTicket(input.number), version);
    },
    onSuccess: (view) => {
      onDone(view);
      show(view);
    },
    onError: async (error, input) => {
      if (isProblem(error, 'version_conflict') || isProblem(error, 'not_allowed')) show(await readTicket(input.number));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ticketsKey }),
  }));
};
