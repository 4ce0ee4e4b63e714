import { keepPreviousData, useQuery } from '@tanstack/solid-query';
import type { PersonRow } from '../../api/auth/people.schema.ts';
import { answer, api, whileWanted } from './api.ts';

export type { PersonRow };

/** People whose names begin with these words; `of` only those of ticket tracking. */
export const usePeople = (q: () => string, of: 'tts' | undefined, enabled: () => boolean) =>
  useQuery(() => ({
    queryKey: ['people', 'named', q(), of],
    queryFn: ({ signal }) => answer(api.people.$get({ query: { q: q() || undefined, of } }, whileWanted(signal))),
    enabled: enabled(),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  }));

/** The name of a user, for a page that knows only the id; null until it is loaded or when there is none. */
export const usePersonName = (id: () => number | null): (() => string | null) => {
  const people = useQuery(() => ({
    queryKey: ['people', 'id', id()],
    queryFn: ({ signal }) => answer(api.people.$get({ query: { ids: String(id()) } }, whileWanted(signal))),
    enabled: id() !== null,
    staleTime: 60_000,
  }));
  return () => (people.isSuccess ? (people.data.items[0]?.name ?? null) : null);
};
