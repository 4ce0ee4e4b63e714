import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { z } from 'zod';
import type { me as meSchema, userRole } from '../../api/auth/auth.schema.ts';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { answer, api, signInApi, whileWanted } from './api.ts';
import { forgetEverything } from './kept-text.ts';
import { leaveTo } from './leave-page.ts';
import { noteSignedOut, noteWell } from './page-trouble.ts';
import { makePageFor, pageUser } from './page-user.ts';
import { isProblem } from './problem.ts';

export type Me = z.infer<typeof meSchema>;
/** Pages compare the key, and show the name. */
export type Role = z.infer<typeof userRole>;

const meKey = ['me'];

/** Who is signed in; null for nobody. When the session ends, the page stays with whom it was made for, and says so. */
export const useMe = () => {
  const client = useQueryClient();
  return useQuery(() => ({
    queryKey: meKey,
    queryFn: async ({ signal }): Promise<Me | null> => {
      const { me } = await answer(api.auth.session.$get({}, whileWanted(signal)));
      const before = client.getQueryData<Me>(meKey);
      if (!me && before) {
        noteSignedOut();
        return before;
      }
      makePageFor(me?.user ?? null);
      if (me && before) noteWell();
      return me;
    },
    staleTime: 60_000,
  }));
};

const signIn = (input: { email: string; password: string }): Promise<Me> => answer(signInApi.$post({ json: input }));

/** Signs in where nobody is signed in. */
export const useSignIn = () => {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: signIn,
    onSuccess: (me) => {
      makePageFor(me.user);
      // Drops the data of whoever was signed in before. `me` itself is being watched, so it is changed instead of removed.
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
      client.setQueryData(meKey, me);
    },
  }));
};

/** Signs in again the person for whom this page was made; it goes on where it was. */
export const useSignInAgain = () => {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: signIn,
    onSuccess: (me) => {
      // Somebody else by the same e-mail address: nothing here is theirs.
      if (me.user.id !== pageUser()?.id) return leaveTo('/');
      client.setQueryData(meKey, me);
      void client.invalidateQueries();
    },
  }));
};

/** Ends the session and loads the sign-in page, so that nothing of this person is left in the page. */
export const useSignOut = () =>
  useMutation(() => ({
    mutationFn: () =>
      api.auth['sign-out'].$post().catch((error: unknown) => {
        // The session has ended already, and that is all that was wanted.
        if (!isProblem(error, 'unauthenticated')) throw error;
      }),
    onSuccess: () => {
      forgetEverything();
      leaveTo('/sign-in');
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

/** The systems that this person can open: their own, and the help desk, which everybody with an account can ask. */
export const openTo = (me: Me): System[] => {
  const own = me.systems.map(({ slug }) => slug);
  return own.includes('hdts') ? own : [...own, 'hdts'];
};

/** Where people go who asked for no page: to their system if they have one, to the choice if they have several. */
export const landingOf = (me: Me): string => {
  const [only = 'hdts', ...others] = me.systems.map(({ slug }) => slug);
  return others.length === 0 ? homeOf(me, only) : '/systems';
};

/** A path of this site, or the fallback: a `next` in the address must never lead away. */
export const safeNext = (next: string | undefined, fallback: string): string => {
  // Parsed as the browser does it: it drops tabs and line ends, turns `\` into `/` and takes `//` for a host.
  const url = next?.startsWith('/') ? URL.parse(next, location.origin) : null;
  if (url?.origin !== location.origin) return fallback;
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith('//') || path.startsWith('/sign-in') ? fallback : path;
};
