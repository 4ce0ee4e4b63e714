import { A, useNavigate } from '@solidjs/router';
import Search from 'lucide-solid/icons/search';
import TicketIcon from 'lucide-solid/icons/ticket';
import { For, Show } from 'solid-js';
import type { TicketRow } from '../../api/helpdesk/ticket.schema.ts';
import { useSigned } from '../account/gate.tsx';
import { hasLoaded } from '../lib/has-loaded.ts';
import { useKeys } from '../lib/keyboard.ts';
import { firstName } from '../lib/labels.ts';
import { rowsOf, useTickets } from '../lib/tickets.data.ts';
import { greeting, now } from '../lib/time.ts';
import { Blank } from '../ui/blank.tsx';
import { Icon } from '../ui/icon.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Title } from '../ui/title.tsx';
import { CategoryCards } from './category-cards.tsx';
import { requestStepsAhead } from './steps-ahead.ts';
import { TicketCard } from './ticket-card.tsx';
import { TicketCardsSkeleton } from './ticket-cards-skeleton.tsx';
import { UprightStepBar } from './upright-step-bar.tsx';

export default function HomePage() {
  const me = useSigned();
  return (
    <>
      <Title of="Home" system="Help Desk" />
      <section class="ask" aria-labelledby="hello">
        <div class="wrap">
          <h1 id="hello">
            {greeting(now())}, {firstName(me().user.name)}. What do you need?
          </h1>
          <p>Choose what it is about. The form is short, and you get a number at once.</p>
          <SearchMine />
        </div>
      </section>
      <div class="wrap">
        <h2 class="sr">Start a ticket</h2>
        <CategoryCards />
        <div class="two">
          <RecentTickets />
          <aside aria-label="How it goes">
            <h2>How a ticket travels</h2>
            <UprightStepBar steps={journey} />
          </aside>
        </div>
      </div>
    </>
  );
}

const journey = requestStepsAhead.map((step) => ({ ...step, state: 'next' as const }));

const SearchMine = () => {
  const navigate = useNavigate();
  let input: HTMLInputElement | undefined;
  const search = (event: SubmitEvent) => {
    event.preventDefault();
    const words = input?.value.trim() ?? '';
    navigate(words === '' ? '/help/tickets' : `/help/tickets?${new URLSearchParams({ q: words })}`);
  };
  useKeys({ '/': () => input?.focus() });
  return (
    <search>
      <form class="search" onSubmit={search}>
        <Icon of={Search} />
        <label class="sr" for="q">
          Search your tickets
        </label>
        <input
          class="input"
          id="q"
          type="search"
          ref={input}
          maxlength="100"
          placeholder="Find one of your tickets by a word or its number"
        />
        <kbd>/</kbd>
      </form>
    </search>
  );
};

/** Tickets that wait for the reader come first, then those that changed last. */
const mostPressing = (rows: TicketRow[]): TicketRow[] =>
  [...rows].sort((a, b) => Number(b.status === 'resolved') - Number(a.status === 'resolved')).slice(0, 5);

const RecentTickets = () => {
  const tickets = useTickets(() => ({ scope: 'mine', sort: '-changed', limit: 20 }), 60_000);
  const total = () => (hasLoaded(tickets) ? tickets.data.pages[0]?.total : undefined);
  return (
    <section aria-labelledby="mine">
      <div class="head">
        <h2 id="mine">My recent tickets</h2>
        <Show when={total()?.count}>
          <A href="/help/tickets">
            See all {total()?.count}
            {total()?.more ? ' and more' : ''}
          </A>
        </Show>
      </div>
      <Loaded query={tickets} what="Your tickets" skeleton={<TicketCardsSkeleton what="your tickets" />}>
        {(data) => <Recent rows={rowsOf(data())} />}
      </Loaded>
    </section>
  );
};

const Recent = (props: { rows: TicketRow[] }) => (
  <Show
    when={props.rows.length > 0}
    fallback={
      <Blank icon={TicketIcon} title="No tickets yet">
        Choose above what you need. Your tickets appear here, each with what happens next.
      </Blank>
    }
  >
    <ul class="stack">
      <For each={mostPressing(props.rows)}>{(ticket) => <TicketCard ticket={ticket} />}</For>
    </ul>
  </Show>
);
