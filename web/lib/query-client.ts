import { MutationCache, QueryCache, QueryClient } from '@tanstack/solid-query';
import { noteFailure, noteRefusedCommand, noteWell } from './page-trouble.ts';
import { Problem } from './problem.ts';

/** Asking again does not change a refusal. Only a server that is away or busy is worth a second try. */
const isWorthRetry = (failures: number, error: unknown): boolean =>
  failures < 2 && error instanceof Problem && (error.status === 0 || error.status === 503);

/** Whose answers come with or without a session, and say nothing about it by themselves. */
const sessionKey = 'me';

/** What all pages read and send passes through here. A failure never takes away what the page shows. */
export const createQueryClient = (retry: typeof isWorthRetry | false = isWorthRetry): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: noteFailure,
      onSuccess: (_data, query) => query.queryKey[0] !== sessionKey && noteWell(),
    }),
    mutationCache: new MutationCache({ onError: noteRefusedCommand, onSuccess: noteWell }),
    defaultOptions: {
      queries: { retry, staleTime: 5000, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
