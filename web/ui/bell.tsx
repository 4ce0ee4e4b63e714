import { A } from '@solidjs/router';
import BellIcon from 'lucide-solid/icons/bell';
import { For, Show } from 'solid-js';
import type { Notice } from '../../api/notification/notice.schema.ts';
import { type NoticeList, useNotices, useReadNotices } from './bell.data.ts';
import { Count, shortNumber, Time } from './bits.tsx';
import { Blank } from './blank.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { Loaded } from './loaded.tsx';
import { Pop } from './pop.tsx';

/** Unread notices, the newest first; a click leads to the ticket. `labelled` is its form in a sidebar. */
export const Bell = (props: { labelled?: boolean }) => {
  const notices = useNotices();
  const unread = () => (notices.isSuccess ? notices.data.unread : 0);
  const name = () => (unread() === 0 ? 'Notices, none unread' : `Notices, ${unread()} unread`);
  return (
    <Pop
      label={props.labelled ? undefined : name()}
      title={name()}
      buttonClass={props.labelled ? undefined : 'btn quiet square bell'}
      button={
        <>
          <Icon of={BellIcon} />
          <Show when={props.labelled}>
            <span class="label">Notices</span>
          </Show>
          <Show when={unread() > 0}>
            <Show when={props.labelled} fallback={<span class="unread" aria-hidden="true" />}>
              <Count n={unread()} of="unread" />
            </Show>
          </Show>
        </>
      }
      panelClass="menu notices"
      panelLabel="Notices"
    >
      {(close) => (
        <Loaded query={notices} what="The notices">
          {(list) => <NoticePanel list={list()} onLeave={close} />}
        </Loaded>
      )}
    </Pop>
  );
};

const NoticePanel = (props: { list: NoticeList; onLeave: () => void }) => {
  const read = useReadNotices();
  let heading: HTMLHeadingElement | undefined;
  // The button goes with the last unread notice; the focus must not go with it.
  const readAll = () => read.mutate(undefined, { onSuccess: () => heading?.focus() });
  const open = (notice: Notice) => {
    if (notice.readAt === null) read.mutate([notice.id]);
    props.onLeave();
  };
  return (
    <>
      <header>
        <h2 tabindex="-1" ref={heading}>
          Notices
        </h2>
        <Show when={props.list.unread > 0}>
          <Button kind="quiet" size="small" class="push" busy={read.isPending} onClick={readAll}>
            Mark all as read
          </Button>
        </Show>
      </header>
      <Show when={read.isError}>
        <p class="menu-error" role="alert">
          {read.error?.message} The notices stay unread.
        </p>
      </Show>
      <Show
        when={props.list.items.length > 0}
        fallback={
          <Blank icon={BellIcon} title="No notices yet">
            What happens to your tickets appears here.
          </Blank>
        }
      >
        <ul class="notice-list">
          <For each={props.list.items}>{(notice) => <NoticeRow notice={notice} onOpen={() => open(notice)} />}</For>
        </ul>
      </Show>
    </>
  );
};

const NoticeRow = (props: { notice: Notice; onOpen: () => void }) => (
  <li>
    <A href={props.notice.link} onClick={() => props.onOpen()}>
      <span class="mark">
        <Show when={props.notice.readAt === null}>
          <span class="unread" />
          <span class="sr">Unread</span>
        </Show>
      </span>
      <b>{props.notice.title}</b>
      <span class="said">{props.notice.body}</span>
      <small>
        {shortNumber(props.notice.ticket)} · <Time at={props.notice.at} />
      </small>
    </A>
  </li>
);
