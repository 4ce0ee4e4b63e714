import { A } from '@solidjs/router';
import BellIcon from 'lucide-solid/icons/bell';
import { For, Show } from 'solid-js';
import type { Notification } from '../../api/notification/notification.schema.ts';
import { hasLoaded } from '../lib/has-loaded.ts';
import { shortNumber } from '../lib/ticket-number.ts';
import { Blank } from './blank.tsx';
import { Button } from './button.tsx';
import { Count } from './count.tsx';
import { Icon } from './icon.tsx';
import { Loaded } from './loaded.tsx';
import { type NotificationList, useNotifications, useReadNotifications } from './notifications.data.ts';
import { Popover } from './popover.tsx';
import { Time } from './time.tsx';

/** Unread notifications, the newest first; a click leads to the ticket. `labelled` is its form in a sidebar. */
export const Bell = (props: { labelled?: boolean }) => {
  const notifications = useNotifications();
  const unread = () => (hasLoaded(notifications) ? notifications.data.unread : 0);
  const name = () => (unread() === 0 ? 'Notifications, none unread' : `Notifications, ${unread()} unread`);
  return (
    <Popover
      label={props.labelled ? undefined : name()}
      title={name()}
      buttonClass={props.labelled ? undefined : 'btn quiet square bell'}
      button={
        <>
          <Icon of={BellIcon} />
          <Show when={props.labelled}>
            <span class="label">Notifications</span>
          </Show>
          <Show when={unread() > 0}>
            <Show when={props.labelled} fallback={<span class="unread" aria-hidden="true" />}>
              <Count n={unread()} of="unread" />
            </Show>
          </Show>
        </>
      }
      panelClass="menu notifications"
      panelLabel="Notifications"
    >
      {(close) => (
        <Loaded query={notifications} what="The notifications">
          {(list) => <NotificationPanel list={list()} onLeave={close} />}
        </Loaded>
      )}
    </Popover>
  );
};

const NotificationPanel = (props: { list: NotificationList; onLeave: () => void }) => {
  const read = useReadNotifications();
  let heading: HTMLHeadingElement | undefined;
  // The button goes with the last unread notification; the focus must not go with it.
  const readAll = () => read.mutate(shownAndOlder(props.list), { onSuccess: () => heading?.focus() });
  const open = (notification: Notification) => {
    if (notification.readAt === null) read.mutate({ ids: [notification.id] });
    props.onLeave();
  };
  return (
    <>
      <header>
        <h2 tabindex="-1" ref={heading}>
          Notifications
        </h2>
        <Show when={props.list.unread > 0}>
          <Button kind="quiet" size="small" class="push" busy={read.isPending} onClick={readAll}>
            Mark all as read
          </Button>
        </Show>
      </header>
      <Show when={read.isError}>
        <p class="menu-error" role="alert">
          {read.error?.message} The notifications stay unread.
        </p>
      </Show>
      <Show
        when={props.list.items.length > 0}
        fallback={
          <Blank icon={BellIcon} title="No notifications yet">
            What happens to your tickets appears here.
          </Blank>
        }
      >
        <ul class="notification-list">
          <For each={props.list.items}>
            {(notification) => <NotificationRow notification={notification} onOpen={() => open(notification)} />}
          </For>
        </ul>
      </Show>
    </>
  );
};

/** What came after the list was loaded has not been seen, so it stays unread. */
const shownAndOlder = ({ items }: NotificationList) => ({
  ids: items.map(({ id }) => id),
  before: items.at(-1)?.id,
});

const NotificationRow = (props: { notification: Notification; onOpen: () => void }) => (
  <li>
    <A href={props.notification.link} onClick={() => props.onOpen()}>
      <span class="mark">
        <Show when={props.notification.readAt === null}>
          <span class="unread" />
          <span class="sr">Unread</span>
        </Show>
      </span>
      <b>{props.notification.title}</b>
      <span class="said">{props.notification.body}</span>
      <small>
        {shortNumber(props.notification.ticket)} · <Time at={props.notification.at} />
      </small>
    </A>
  </li>
);
