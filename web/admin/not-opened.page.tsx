import { useSearchParams } from '@solidjs/router';
import Inbox from 'lucide-solid/icons/inbox';
import { For, Show } from 'solid-js';
import type { TicketRow } from '../../api/helpdesk/ticket.schema.ts';
import { useSigned } from '../account/gate.tsx';
import { readFilter, type Search } from '../desk/task-filter.ts';
import { categoryWords, countWords, statusWords } from '../lib/labels.ts';
import { hasRole } from '../lib/session.ts';
import { rowsOf, useTickets } from '../lib/tickets.data.ts';
import { Blank } from '../ui/blank.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Status } from '../ui/status.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { TicketNumber } from '../ui/ticket-number.tsx';
import { Time } from '../ui/time.tsx';
import { Title } from '../ui/title.tsx';
import { figuresOf, neverOpenedHref } from './overview/figures.ts';

const shown = ['new', 'rejected', 'withdrawn'] as const;

/** Tickets at the help desk that no coordinator has opened: they are not at the desk, so no other list of Ticket Tracking has them. */
export default function NotOpenedPage() {
  const me = useSigned();
  const [search] = useSearchParams<Search>();
  const filter = () => ({ ...readFilter({ ...search, status: undefined }, 'all') });
  const status = () => shown.find((known) => known === search.status) ?? 'new';
  const tickets = useTickets(
    () => ({ scope: 'all', ...figuresOf(filter()).before, status: status(), sort: 'submitted' }),
    30_000,
  );
  const reviews = () => hasRole(me(), 'hdts', 'ticket_coordinator', 'admin');
  return (
    <>
      <Title of="Not opened" system="Ticket Tracking" />
      <div class="bar">
        <h1>Not opened</h1>
        <span class="muted num" aria-live="polite">
          <Show when={tickets.isSuccess && tickets.data.pages[0]}>{(page) => countWords(page().total, 'ticket')}</Show>
        </span>
      </div>
      <div class="page-body">
        <Tabs
          label="Status"
          tabs={shown.map((code) => ({
            label: statusWords[code],
            href: neverOpenedHref(filter(), code),
            current: code === status(),
          }))}
        />
        <Loaded query={tickets} what="The tickets" heading="h2">
          {(data) => (
            <Show
              when={rowsOf(data()).length > 0}
              fallback={
                <Blank heading="h2" icon={Inbox} title="No ticket is here">
                  A ticket stands here until a coordinator opens it, and for good when it is rejected or withdrawn
                  before.
                </Blank>
              }
            >
              <NotOpenedTable rows={rowsOf(data())} linked={reviews()} />
              <ShowMore list={tickets} />
            </Show>
          )}
        </Loaded>
      </div>
    </>
  );
}

const NotOpenedTable = (props: { rows: TicketRow[]; linked: boolean }) => (
  <div class="card">
    <table class="table stacked">
      <thead>
        <tr>
          <th scope="col">Ticket</th>
          <th scope="col">About</th>
          <th scope="col">Requester</th>
          <th scope="col">Status</th>
          <th scope="col">Submitted</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(ticket) => (
            <tr>
              <th scope="row">
                <Show when={props.linked} fallback={ticket.subject}>
                  <a href={`/review/${ticket.number}`}>{ticket.subject}</a>
                </Show>{' '}
                <TicketNumber of={ticket.number} />
              </th>
              <td>{categoryWords[ticket.category]}</td>
              <td>{ticket.requester.name}</td>
              <td>
                <Status of={ticket.status} />
              </td>
              <td>
                <Time at={ticket.submittedAt} />
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  </div>
);
