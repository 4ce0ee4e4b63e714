import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { z } from 'zod';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import type { MessagePage } from '../../api/messaging/message.schema.ts';
import type { TaskRow, TaskView, taskCounts } from '../../api/tracking/task.schema.ts';
import { bringMessages } from '../conversation/conversation.data.ts';
import { answer, api, noCursor, whileWanted } from '../lib/api.ts';
import { mergedPages } from '../lib/merged-pages.ts';
import { isProblem } from '../lib/problem.ts';
import { readUntil } from '../lib/read-until.ts';
import { type CommandInput, createCommandSender } from '../lib/send-command.ts';
import type { Page } from '../lib/tickets.data.ts';
import { queryOf, type TaskFilter } from './task-filter.ts';

export type TaskPage = TaskView & { ticket: TicketView; conversation: MessagePage };
export type TaskCounts = z.infer<typeof taskCounts>;

const routes = api.tracking.tasks;
const listsKey = ['tasks'] as const;
const taskKey = (number: string) => ['task', number] as const;
const readTask = (number: string, signal?: AbortSignal): Promise<TaskPage> =>
  answer(routes[':number'].$get({ param: { number } }, whileWanted(signal)));

/** A queue, page by page. While another filter loads, the rows of the last one are shown. */
export const useTasks = (filter: () => TaskFilter, limit = 50) =>
  useInfiniteQuery(() => ({
    queryKey: [...listsKey, 'list', queryOf(filter()), limit],
    queryFn: ({ pageParam, signal }): Promise<Page<TaskRow>> =>
      answer(routes.$get({ query: { ...queryOf(filter()), limit, cursor: pageParam } }, whileWanted(signal))),
    initialPageParam: noCursor(),
    getNextPageParam: (page: Page<TaskRow>) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
    reconcile: 'number',
  }));

export type Tasks = ReturnType<typeof useTasks>;

/** Each ticket once, in its newest state, also when it has moved between pages. */
export const tasksOf = (data: { pages: Page<TaskRow>[] }): TaskRow[] =>
  mergedPages(
    data,
    ({ number }) => number,
    ({ version }) => version,
  );
export const totalOf = (data: { pages: Page<TaskRow>[] }): Page<TaskRow>['total'] =>
  data.pages.at(-1)?.total ?? { count: 0, more: false };

/** How many tickets each queue has. */
export const useTaskCounts = () =>
  useQuery(() => ({
    queryKey: [...listsKey, 'counts'],
    queryFn: ({ signal }) => answer(routes.counts.$get({}, whileWanted(signal))),
    refetchInterval: 30_000,
  }));

export const useTask = (number: () => string, enabled: () => boolean = () => true) => {
  const client = useQueryClient();
  return useQuery(() => ({
    enabled: enabled(),
    queryKey: taskKey(number()),
    queryFn: async ({ signal }) => {
      const task = await readTask(number(), signal);
      bringMessages(client, task.number, task.conversation);
      return task;
    },
    refetchInterval: 30_000,
    reconcile: 'id',
  }));
};

/** People who moved a ticket on may not see it any more. Then there is nothing to show. */
const readAfter = (number: string, version: number): Promise<TaskPage | null> =>
  readUntil(() => readTask(number), version).catch((error: unknown) => {
    if (isProblem(error, 'forbidden') || isProblem(error, 'not_found')) return null;
    throw error;
  });

/** Sends a command and is done when the page shows it. After a conflict the page shows what the others did. */
export const useTaskCommand = () => {
  const client = useQueryClient();
  const send = createCommandSender();
  const show = (view: TaskPage | null) => view && client.setQueryData(taskKey(view.number), view);
  return useMutation(() => ({
    mutationFn: async (input: CommandInput): Promise<TaskPage | null> => {
      const { version } = await send(input);
      return readAfter(input.number, version);
    },
    onSuccess: (view) => void show(view),
    onError: async (error, { number, body }) => {
      if (isProblem(error, 'version_conflict')) show(await readAfter(number, body.version + 1));
      else if (isProblem(error, 'not_allowed')) show(await readAfter(number, body.version));
    },
    onSettled: () => void client.invalidateQueries({ queryKey: listsKey }),
  }));
};
