import { Navigate, type RouteSectionProps, useLocation } from '@solidjs/router';
import { createContext, type JSX, Match, Show, Switch, useContext } from 'solid-js';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { isAskedToSignIn } from '../lib/page-trouble.ts';
import { hasRole, type Me, rolesIn, useMe } from '../lib/session.ts';
import { Delayed } from '../ui/delayed.tsx';
import { Failed } from '../ui/failed.tsx';
import { TroubleBar } from '../ui/trouble.tsx';
import { NotAllowed } from './not-allowed.tsx';
import { SignInAgain } from './sign-in-again.tsx';

const Signed = createContext<() => Me>();

/** Who is signed in. @throws Error outside of the gate, where nobody needs to be. */
export const useSigned = (): (() => Me) => {
  const me = useContext(Signed);
  if (!me) throw new Error('useSigned() is called outside of the gate, where nobody is signed in.');
  return me;
};

/** Lets in people who are signed in. All others go to the sign-in page and come back here afterwards. */
export const Gate = (props: RouteSectionProps) => {
  const me = useMe();
  const location = useLocation();
  const signIn = () => `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  return (
    <Switch>
      <Match when={me.isPending}>
        <Delayed>
          <p class="sr" role="status">
            Loading
          </p>
        </Delayed>
      </Match>
      <Match when={me.isLoadingError}>
        <main class="wrap">
          <Failed
            what="Your account"
            heading="h1"
            error={me.error}
            busy={me.isFetching}
            onRetry={() => void me.refetch()}
          />
        </main>
      </Match>
      <Match when={me.data}>
        {(signed) => (
          <Signed.Provider value={signed}>
            <TroubleBar />
            {props.children}
            <Show when={isAskedToSignIn()}>
              <SignInAgain />
            </Show>
          </Signed.Provider>
        )}
      </Match>
      <Match when={me.data === null}>
        <Navigate href={signIn()} />
      </Match>
    </Switch>
  );
};

interface AllowedProps {
  system: System;
  /** Keys of roles of which one is needed; without them any role in the system will do. */
  roles?: string[];
  children: JSX.Element;
}

/** Shows an area to people whose role opens it. Others read why it is closed to them and where they can go. */
export const Allowed = (props: AllowedProps) => {
  const me = useSigned();
  const isIn = () =>
    props.roles ? hasRole(me(), props.system, ...props.roles) : rolesIn(me(), props.system).length > 0;
  return (
    <Show when={isIn()} fallback={<NotAllowed me={me()} system={props.system} roles={props.roles} />}>
      {props.children}
    </Show>
  );
};
