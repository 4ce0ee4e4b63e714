import { keepPreviousData, useQuery } from '@tanstack/solid-query';
import type { TaskFilter } from '../../desk/task-filter.ts';
import { useTasks } from '../../desk/tasks.data.ts';
import { answer, api, whileWanted } from '../../lib/api.ts';
import { figuresOf } from './figures.ts';

/** Open work by its due time, the most urgent first. */
export const useOpenByDue = (filter: () => TaskFilter, shown: number) =>
  useTasks(() => figuresOf(filter()).open, shown);

/** The figures of the desk. Those of the last filter are shown while others load. */
export const useOverview = (filter: () => TaskFilter) =>
  useQuery(() => {
    const query = figuresOf(filter()).overview;
    return {
      queryKey: ['tasks', 'overview', query],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        answer(api.tracking.overview.$get({ query }, whileWanted(signal))),
      refetchInterval: 30_000,
      placeholderData: keepPreviousData,
    };
  });
