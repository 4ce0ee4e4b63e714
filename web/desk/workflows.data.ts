import { useQuery } from '@tanstack/solid-query';
import type { z } from 'zod';
import type { definitionRow } from '../../api/tracking/task.schema.ts';
import { answer, api, whileWanted } from '../lib/api.ts';

export type DefinitionRow = z.infer<typeof definitionRow>;

/** The published workflow definitions. */
export const useWorkflows = (enabled: () => boolean = () => true) =>
  useQuery(() => ({
    queryKey: ['workflows'],
    queryFn: ({ signal }) => answer(api.tracking.workflows.$get({}, whileWanted(signal))),
    enabled: enabled(),
    staleTime: 60_000,
  }));
