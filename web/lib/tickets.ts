import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { TicketRow, TicketView } from '../../api/helpdesk/ticket.schema.ts';
import type { Status } from '../../workflows/ticket/words.ts';
import { get, post } from './api.ts';
import { type CommandResult, readUntil } from './command.ts';
import { isProblem } from './problem.ts';

export interface Page<Row> {
  items: Row[];
  next: string | null;
  total: { count: number; more: boolean };
}

export interface TicketFilter {
  scope: 'mine' | 'all';
  status?: string;
  category?: string;
  q?: string;
  sort?: '-submitted' | 'submitted' | '-changed' | 'changed';
  limit?: number;
}

const ticketsKey = ['tickets'] as const;
const ticketKey = (number: string) => ['ticket', number] as const;
const base = '/api/helpdesk/tickets';
const readTicket = (number: string, signal?: AbortSignal): Promise<TicketView> =>
  get<TicketView>(`${base}/${encodeURIComponent(number)}`, { signal });

/** A list of tickets, page by page; `refresh` in milliseconds for a list that people wait in front of. */
export const useTickets = (filter: () => TicketFilter, refresh?: number) =>
  useInfiniteQuery(() => ({
    queryKey: [...ticketsKey, 'list', filter()],
    queryFn: ({ pageParam, signal }) =>
      get<Page<TicketRow>>(base, { query: { ...filter(), cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<TicketRow>) => page.next,
    refetchInterval: refresh ?? false,
    reconcile: 'number',
  }));

export type Tickets = ReturnType<typeof useTickets>;

export const rowsOf = (data: { pages: Page<TicketRow>[] }): TicketRow[] => data.pages.flatMap((page) => page.items);

/** How many tickets stand in each status. */
export const useTicketCounts = (scope: () => 'mine' | 'all') =>
  useQuery(() => ({
    queryKey: [...ticketsKey, 'counts', scope()],
    queryFn: ({ signal }) =>
      get<{ counts: Partial<Record<Status, number>> }>(`${base}/counts`, { query: { scope: scope() }, signal }),
    refetchInterval: 30_000,
  }));

export const useTicket = (number: () => string) =>
  useQuery(() => ({
    queryKey: ticketKey(number()),
    queryFn: ({ signal }) => readTicket(number(), signal),
    refetchInterval: 30_000,
    reconcile: 'id',
  }));

export type TicketCommand = 'open' | 'reject' | 'withdraw' | 'close';

interface CommandInput {
  number: string;
  command: TicketCommand;
  body: { version: number; [key: string]: unknown };
}

/** Sends a command and is done when the page shows it. After a conflict the page shows what the others did. */
export const useTicketCommand = () => {
  const client = useQueryClient();
  const show = (view: TicketView) => client.setQueryData(ticketKey(view.number), view);
  return useMutation(() => ({
    mutationFn: async (input: CommandInput): Promise<TicketView> => {
      const result = await post<CommandResult>(`${base}/${input.number}/${input.command}`, input.body);
      return readUntil(() => readTicket(input.number), result.version);
    },
    onSuccess: show,
    onError: async (error, input) => {
      if (isProblem(error, 'version_conflict') || isProblem(error, 'not_allowed')) show(await readTicket(input.number));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ticketsKey }),
  }));
};
