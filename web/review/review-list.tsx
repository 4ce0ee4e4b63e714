import Inbox from 'lucide-solid/icons/inbox';
import ListFilter from 'lucide-solid/icons/list-filter';
import Search from 'lucide-solid/icons/search';
import { createEffect, For, on, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { longestSearch } from '../../api/db/search/search.schema.ts';
import type { TicketRow } from '../../api/helpdesk/ticket.schema.ts';
import { hasLoaded } from '../lib/has-loaded.ts';
import { categoryWords } from '../lib/labels.ts';
import { rowsOf, type Tickets } from '../lib/tickets.data.ts';
import { duration, now } from '../lib/time.ts';
import { Blank } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Status } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import type { ReviewView } from './review-views.ts';

interface ReviewListProps {
  view: ReviewView;
  tickets: Tickets;
  selected: string | undefined;
  words: string;
  pathTo: (number: string) => string;
  onSearch: (words: string) => void;
}

/** The list pane. Among new tickets the one that has waited longest comes first. */
export const ReviewList = (props: ReviewListProps) => {
  const total = () => (hasLoaded(props.tickets) ? props.tickets.data.pages[0]?.total : undefined);
  return (
    <section class="review-list" aria-labelledby="review-list">
      <header>
        <Dynamic component={props.selected ? 'h2' : 'h1'} id="review-list">
          {props.view.label}{' '}
          <span class="num" aria-live="polite">
            {total()?.count}
            {total()?.more ? '+' : ''}
          </span>
        </Dynamic>
      </header>
      <SearchBox words={props.words} onSearch={props.onSearch} />
      <Loaded query={props.tickets} what="The tickets">
        {(data) => (
          <Show when={rowsOf(data()).length > 0} fallback={<Nothing {...props} />}>
            <Rows {...props} rows={rowsOf(data())} />
          </Show>
        )}
      </Loaded>
    </section>
  );
};

const SearchBox = (props: { words: string; onSearch: (words: string) => void }) => (
  <search class="find">
    <form onSubmit={(event) => event.preventDefault()}>
      <div class="with-icon">
        <Icon of={Search} />
        <input
          class="input"
          type="search"
          aria-label="Search in this list"
          placeholder="Search in this list"
          maxlength={longestSearch}
          value={props.words}
          onChange={(event) => props.onSearch(event.currentTarget.value.trim())}
        />
      </div>
    </form>
  </search>
);

const Rows = (props: ReviewListProps & { rows: TicketRow[] }) => (
  <>
    <ul class="rows">
      <For each={props.rows}>
        {(ticket) => (
          <Row ticket={ticket} href={props.pathTo(ticket.number)} current={ticket.number === props.selected} />
        )}
      </For>
    </ul>
    <Show when={props.tickets.hasNextPage}>
      <p class="more">
        <ShowMore list={props.tickets} />
      </p>
    </Show>
  </>
);

const Row = (props: { ticket: TicketRow; href: string; current: boolean }) => {
  let row: HTMLLIElement | undefined;
  createEffect(
    on(
      () => props.current,
      (isCurrent) => isCurrent && row?.scrollIntoView({ block: 'nearest' }),
    ),
  );
  return (
    <li ref={row}>
      <a href={props.href} aria-current={props.current ? 'page' : undefined} noScroll>
        <span class="subject truncate">{props.ticket.subject}</span>
        <span class="meta">
          <span class="truncate">{props.ticket.requester.name}</span>
          <Show when={props.ticket.status !== 'new'}>
            <Status of={props.ticket.status} />
          </Show>
        </span>
        <span class="meta">
          <span>{categoryWords[props.ticket.category]}</span>
          <Show when={props.ticket.status === 'new'} fallback={<Time at={props.ticket.changedAt} as="ago" />}>
            <span>waits {duration(now() - Date.parse(props.ticket.submittedAt))}</span>
          </Show>
        </span>
      </a>
    </li>
  );
};

const Nothing = (props: ReviewListProps) => (
  <Show
    when={props.words !== ''}
    fallback={
      <Blank icon={Inbox} title={props.view.none} heading={props.selected ? 'h3' : 'h2'}>
        {props.view.empty}
      </Blank>
    }
  >
    <Blank
      icon={ListFilter}
      title="No ticket matches"
      heading={props.selected ? 'h3' : 'h2'}
      actions={<Button onClick={() => props.onSearch('')}>Clear the search</Button>}
    >
      No ticket of this list has these words.
    </Blank>
  </Show>
);
