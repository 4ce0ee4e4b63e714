import { A } from '@solidjs/router';
import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right';
import LogOut from 'lucide-solid/icons/log-out';
import { Show } from 'solid-js';
import { type Me, useSignOut } from '../lib/session.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { Popover } from './popover.tsx';

/** Who I am, another system, sign out. `labelled` is its form in a sidebar. */
export const AccountMenu = (props: { me: Me; labelled?: boolean }) => {
  const signOut = useSignOut();
  return (
    <Popover
      title={props.me.user.name}
      buttonClass={props.labelled ? undefined : 'account-button'}
      button={
        <>
          <Avatar name={props.me.user.name} me large={!props.labelled} />
          <Show when={props.labelled} fallback={<span class="sr">Your account, {props.me.user.name}</span>}>
            <span class="label">{props.me.user.name}</span>
          </Show>
        </>
      }
      panelClass="menu"
      panelLabel="Your account"
    >
      {(close) => (
        <>
          <p class="menu-head">
            <b>{props.me.user.name}</b>
            <span class="muted">{props.me.user.email}</span>
          </p>
          <Show when={props.me.systems.length > 1}>
            <A class="option" href="/systems" onClick={close}>
              <Icon of={ArrowLeftRight} />
              Change system
            </A>
          </Show>
          <button type="button" class="option" aria-busy={signOut.isPending} onClick={() => signOut.mutate()}>
            <Icon of={LogOut} />
            Sign out
          </button>
          <Show when={signOut.isError}>
            <p class="menu-error" role="alert">
              {signOut.error?.message} You are still signed in.
            </p>
          </Show>
        </>
      )}
    </Popover>
  );
};
