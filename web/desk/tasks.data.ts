import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { z } from 'zod';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import type { TaskRow, TaskView, taskCounts, workflowRow } from '../../api/tracking/task.schema.ts';
import { get, post } from '../lib/api.ts';
import { type CommandResult, readUntil } from '../lib/command.ts';
import { isProblem } from '../lib/problem.ts';
import type { Page } from '../lib/tickets.ts';
import { queryOf, type TaskFilter } from './task-filter.ts';

export type TaskPage = TaskView & { ticket: TicketView };
export type TaskCounts = z.infer<typeof taskCounts>;
export type WorkflowRow = z.infer<typeof workflowRow>;

const base = '/api/tracking/tasks';
const listsKey = ['tasks'] as const;
const taskKey = (number: string) => ['task', number] as const;
const readTask = (number: string, signal?: AbortSignal): Promise<TaskPage> =>
  get<TaskPage>(`${base}/${encodeURIComponent(number)}`, { signal });

/** A queue, page by page. While another filter loads, the rows of the last one stay. */
export const useTasks = (filter: () => TaskFilter, limit = 50) =>
  useInfiniteQuery(() => ({
    queryKey: [...listsKey, 'list', queryOf(filter()), limit],
    queryFn: ({ pageParam, signal }) =>
      get<Page<TaskRow>>(base, { query: { ...queryOf(filter()), limit, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<TaskRow>) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
    reconcile: 'number',
  }));

export type Tasks = ReturnType<typeof useTasks>;

export const tasksOf = (data: { pages: Page<TaskRow>[] }): TaskRow[] => data.pages.flatMap((page) => page.items);
export const totalOf = (data: { pages: Page<TaskRow>[] }): Page<TaskRow>['total'] =>
  data.pages.at(-1)?.total ?? { count: 0, more: false };

/** Sizes of the queues. */
export const useTaskCounts = () =>
  useQuery(() => ({
    queryKey: [...listsKey, 'counts'],
    queryFn: ({ signal }) => get<TaskCounts>(`${base}/counts`, { signal }),
    refetchInterval: 30_000,
  }));

export const useTask = (number: () => string) =>
  useQuery(() => ({
    queryKey: taskKey(number()),
    queryFn: ({ signal }) => readTask(number(), signal),
    refetchInterval: 30_000,
    reconcile: 'id',
  }));

/** The published workflow definitions. */
export const useWorkflows = (enabled: () => boolean = () => true) =>
  useQuery(() => ({
    queryKey: ['workflows'],
    queryFn: ({ signal }) => get<{ items: WorkflowRow[] }>('/api/tracking/workflows', { signal }),
    enabled: enabled(),
    staleTime: 60_000,
  }));

interface TaskCommand {
  number: string;
  path: 'actions' | 'route';
  body: { version: number; [key: string]: unknown };
}

/** A step can leave the hands of whoever moved it, and their sight with it: then there is nothing to show. */
const readAfter = (number: string, version: number): Promise<TaskPage | null> =>
  readUntil(() => readTask(number), version).catch((error: unknown) => {
    if (isProblem(error, 'forbidden') || isProblem(error, 'not_found')) return null;
    throw error;
  });

/** Sends a command and is done when the page shows it. After a conflict the page shows what the others did. */
export const useTaskCommand = () => {
  const client = useQueryClient();
  const show = (view: TaskPage | null) => view && client.setQueryData(taskKey(view.number), view);
  return useMutation(() => ({
    mutationFn: async (input: TaskCommand): Promise<TaskPage | null> => {
      const result = await post<CommandResult>(`${base}/${input.number}/${input.path}`, input.body);
      return readAfter(input.number, result.version);
    },
    onSuccess: (view) => void show(view),
    onError: async (error, { number, body }) => {
      if (isProblem(error, 'version_conflict')) show(await readAfter(number, body.version + 1));
      else if (isProblem(error, 'not_allowed')) show(await readAfter(number, body.version));
    },
    onSettled: () => client.invalidateQueries({ queryKey: listsKey }),
  }));
};
