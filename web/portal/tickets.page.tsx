import { A, useSearchParams } from '@solidjs/router';
import ListFilter from 'lucide-solid/icons/list-filter';
import TicketIcon from 'lucide-solid/icons/ticket';
import { Show } from 'solid-js';
import { longestSearch } from '../../api/db/search/search.schema.ts';
import { categories, statuses } from '../../workflows/ticket/rules/words.ts';
import { categoryWords, countWords } from '../lib/labels.ts';
import { rowsOf, useTickets } from '../lib/tickets.data.ts';
import { withQuery } from '../lib/with-query.ts';
import { Blank } from '../ui/blank.tsx';
import { Select } from '../ui/field.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Title } from '../ui/title.tsx';
import { Crumbs } from './crumbs.tsx';
import { TicketCards } from './ticket-cards.tsx';
import { TicketCardsSkeleton } from './ticket-cards-skeleton.tsx';
import './tickets.css';

const over: readonly string[] = ['rejected', 'withdrawn', 'closed'];
const views = {
  all: { label: 'All', status: undefined },
  open: {
    label: 'On their way',
    status: statuses.filter((status) => status !== 'resolved' && !over.includes(status)).join(','),
  },
  yours: { label: 'Waiting for you', status: 'resolved' },
  over: { label: 'Over', status: over.join(',') },
} as const;
type View = keyof typeof views;
const isView = (value: string | undefined): value is View => value !== undefined && value in views;

export default function TicketsPage() {
  const [search, setSearch] = useSearchParams<{ show: string; category: string; q: string }>();
  const view = (): View => (isView(search.show) ? search.show : 'all');
  const category = () => categories.find((known) => known === search.category);
  const tickets = useTickets(() => ({
    scope: 'mine',
    sort: '-changed',
    status: views[view()].status,
    category: category(),
    q: search.q?.trim().slice(0, longestSearch) || undefined,
    limit: 20,
  }));
  const isNarrowed = () => Boolean(category() || search.q || view() !== 'all');
  const tabs = () =>
    Object.entries(views).map(([show, { label }]) => ({
      label,
      current: view() === show,
      href: withQuery('/help/tickets', { ...search, show: show === 'all' ? undefined : show }),
    }));
  return (
    <div class="wrap page">
      <Title of="My tickets" system="Help Desk" />
      <Crumbs parents={[['Home', '/help']]} here="My tickets" />
      <h1>My tickets</h1>
      <Tabs label="Show" tabs={tabs()} />
      <div class="narrow">
        <SearchWords of={search.q ?? ''} onSearch={(q) => setSearch({ q: q || undefined })} />
        <Select
          label="About"
          value={category() ?? ''}
          placeholder="Everything"
          options={categories.map((value) => ({ value, label: categoryWords[value] }))}
          onChange={(value) => setSearch({ category: value || undefined })}
        />
      </div>
      <Loaded query={tickets} what="Your tickets" skeleton={<TicketCardsSkeleton what="your tickets" />}>
        {(data) => (
          <Show when={rowsOf(data()).length > 0} fallback={<Nothing narrowed={isNarrowed()} />}>
            <h2 class="muted total" aria-live="polite">
              {countWords(data().pages[0]?.total ?? { count: 0, more: false }, 'ticket')}
            </h2>
            <TicketCards rows={rowsOf(data())} list={tickets} />
          </Show>
        )}
      </Loaded>
    </div>
  );
}

const SearchWords = (props: { of: string; onSearch: (words: string) => void }) => {
  const search = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    props.onSearch(String(new FormData(event.currentTarget).get('q') ?? '').trim());
  };
  return (
    <search>
      <form onSubmit={search}>
        <div class="field">
          <label for="words">Words or number</label>
          <input
            class="input"
            id="words"
            name="q"
            type="search"
            maxlength={longestSearch}
            value={props.of}
            onChange={(event) => props.onSearch(event.currentTarget.value.trim())}
          />
        </div>
      </form>
    </search>
  );
};

const Nothing = (props: { narrowed: boolean }) => (
  <Show
    when={props.narrowed}
    fallback={
      <Blank
        icon={TicketIcon}
        title="No tickets yet"
        heading="h2"
        actions={
          <A class="btn primary" href="/help/new">
            New ticket
          </A>
        }
      >
        Your tickets appear here, each with what happens next.
      </Blank>
    }
  >
    <Blank
      icon={ListFilter}
      title="No ticket matches"
      heading="h2"
      actions={
        <A class="btn" href="/help/tickets">
          Show all of them
        </A>
      }
    >
      None of your tickets fits what you chose above.
    </Blank>
  </Show>
);
