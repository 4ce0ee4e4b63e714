import { useQueryClient } from '@tanstack/solid-query';
import CloudOff from 'lucide-solid/icons/cloud-off';
import LogOut from 'lucide-solid/icons/log-out';
import Users from 'lucide-solid/icons/users';
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { leaveTo } from '../lib/leave-page.ts';
import { askToSignIn, isAskedToSignIn, type PageTrouble, pageTrouble } from '../lib/page-trouble.ts';
import { pageUser } from '../lib/page-user.ts';
import { Button } from './button.tsx';
import { Icon, type LucideIcon } from './icon.tsx';

/** Over the page: why it cannot go on by itself, and what to do. The page under it stays as it is. */
export const TroubleBar = () => (
  <div class="trouble" role="status" aria-live="polite">
    <Trouble />
  </div>
);

/** The same inside an open dialog, which nothing outside of it can be reached from. */
export const DialogTrouble = () => (
  <Show when={pageTrouble()}>
    <div class="trouble inside" role="status">
      <Trouble />
    </div>
  </Show>
);

const Trouble = () => (
  <Show when={!isAskedToSignIn()}>
    <Switch>
      <Match when={pageTrouble()?.kind === 'signed_out'}>
        <Line icon={LogOut} actions={<SignIn>Sign in to go on</SignIn>}>
          <b>You were signed out.</b> What you have written is still here.
        </Line>
      </Match>
      <Match when={sentenceAboutOther(pageTrouble())}>
        {(sentence) => (
          <Line icon={Users} actions={<WhoGoesOn />}>
            {sentence()}
          </Line>
        )}
      </Match>
      <Match when={pageTrouble()?.kind === 'no_connection'}>
        <Line icon={CloudOff} actions={<TryAgain />}>
          <b>No connection.</b> What you see may be out of date. What you have written is still here.
        </Line>
      </Match>
    </Switch>
  </Show>
);

const sentenceAboutOther = (trouble: PageTrouble | null): string | null =>
  trouble?.kind === 'other_user' ? trouble.sentence : null;

const Line = (props: { icon: LucideIcon; actions: JSX.Element; children: JSX.Element }) => (
  <div class="line">
    <Icon of={props.icon} />
    <p>{props.children}</p>
    <div class="row-x">{props.actions}</div>
  </div>
);

const SignIn = (props: { children: JSX.Element }) => (
  <Button kind="primary" size="small" onClick={() => askToSignIn(true)}>
    {props.children}
  </Button>
);

/** The one for whom the page was made, here; or the other one, on a page of their own. */
const WhoGoesOn = () => (
  <>
    <SignIn>Sign in as {pageUser()?.name}</SignIn>
    <Button size="small" onClick={() => leaveTo('/')}>
      Leave this page
    </Button>
  </>
);

const TryAgain = () => {
  const client = useQueryClient();
  const [isTrying, setTrying] = createSignal(false);
  const tryAgain = async () => {
    setTrying(true);
    await client.refetchQueries({ type: 'active' });
    setTrying(false);
  };
  return (
    <Button kind="primary" size="small" busy={isTrying()} onClick={() => void tryAgain()}>
      Try again
    </Button>
  );
};
