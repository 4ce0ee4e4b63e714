import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { z } from 'zod';
import type { me as meSchema, userRole } from '../../api/auth/auth.schema.ts';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { answer, api, whileWanted } from './api.ts';

export type Me = z.infer<typeof meSchema>;
/** Pages compare the key, and show the name. */
export type Role = z.infer<typeof userRole>;

const meKey = ['me'];

/** Who is signed in; null for nobody. */
export const useMe = () =>
  useQuery(() => ({
    queryKey: meKey,
    queryFn: async ({ signal }): Promise<Me | null> =>
      (await answer(api.auth.session.$get({}, whileWanted(signal)))).me,
    staleTime: 60_000,
  }));

export const useSignIn = () => {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (input: { email: string; password: string }) => answer(api.auth['sign-in'].$post({ json: input })),
    onSuccess: (me) => {
      // Drops the data of whoever was signed in before. `me` itself is being watched, so it is changed instead of removed.
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
      client.setQueryData(meKey, me);
    },
  }));
};

/** Ends the session and loads the sign-in page, so that no data of this person is left in the page. */
export const useSignOut = () =>
  useMutation(() => ({
    mutationFn: () => api.auth['sign-out'].$post(),
    onSuccess: () => {
      sessionStorage.clear();
      location.assign('/sign-in');
    },
  }));

export const rolesIn = (me: Me | null | undefined, system: System): Role[] =>
  me?.systems.find((candidate) => candidate.slug === system)?.roles ?? [];

/** What this person's roles in the system are called. */
export const roleNamesIn = (me: Me | null | undefined, system: System): string[] =>
  rolesIn(me, system).map(({ name }) => name);

/** Whether this person has one of the roles with these keys. */
export const hasRole = (me: Me | null | undefined, system: System, ...keys: string[]): boolean =>
  rolesIn(me, system).some(({ key }) => keys.includes(key));

/** The first page of a system for this person. */
export const homeOf = (me: Me, system: System): string => {
  if (system === 'hdts') return hasRole(me, 'hdts', 'admin', 'ticket_coordinator') ? '/review' : '/help';
  if (system === 'tts') return '/desk';
  return `/${system}`;
};

/** Where people go who asked for no page: to their system if they have one, to the choice if they have several. */
export const landingOf = (me: Me): string => {
  const [only, ...others] = me.systems;
  return only && others.length === 0 ? homeOf(me, only.slug) : '/systems';
};

/** A path of this site, or the fallback: a `next` in the address must never lead away. */
export const safeNext = (next: string | undefined, fallback: string): string => {
  // Parsed as the browser does it: it drops tabs and line ends, turns `\` into `/` and takes `//` for a host.
  const url = next?.startsWith('/') ? URL.parse(next, location.origin) : null;
  if (url?.origin !== location.origin) return fallback;
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith('//') || path.startsWith('/sign-in') ? fallback : path;
};
