import { A } from '@solidjs/router';
import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right';
import LogOut from 'lucide-solid/icons/log-out';
import { createSignal, Show } from 'solid-js';
import { isAnythingKept } from '../lib/kept-text.ts';
import { type Me, openTo, useSignOut } from '../lib/session.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { Popover } from './popover.tsx';

/** Who I am, another system, sign out. `labelled` is its form in a sidebar. */
export const AccountMenu = (props: { me: Me; labelled?: boolean }) => {
  const signOut = useSignOut();
  const [isWarned, setWarned] = createSignal(false);
  const leave = () => (isAnythingKept() && !isWarned() ? setWarned(true) : signOut.mutate());
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
          <Show when={openTo(props.me).length > 1}>
            <A class="option" href="/systems" onClick={close}>
              <Icon of={ArrowLeftRight} />
              Change system
            </A>
          </Show>
          <button type="button" class="option" aria-busy={signOut.isPending} onClick={leave}>
            <Icon of={LogOut} />
            {isWarned() ? 'Sign out anyway' : 'Sign out'}
          </button>
          <Show when={isWarned()}>
            <p class="menu-error" role="alert">
              You have written something that is not sent. It is lost when you sign out.
            </p>
          </Show>
          <Show when={signOut.isError}>
            <p class="menu-error" role="alert">
              {signOut.error?.message} You were not signed out here.
            </p>
          </Show>
        </>
      )}
    </Popover>
  );
};
