import { useNavigate, useSearchParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { Filters } from '../../desk/queue/filters.tsx';
import { listHref, readFilter, type Search } from '../../desk/task-filter.ts';
import { useTicketCounts } from '../../lib/tickets.data.ts';
import { clockOf, now } from '../../lib/time.ts';
import { Banner } from '../../ui/banner.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Title } from '../../ui/title.tsx';
import { DueNext } from './due-next.tsx';
import { figuresOf, overviewFilters, overviewHref } from './figures.ts';
import { KeyFigures } from './key-figures.tsx';
import { ByStatus, Loads } from './loads.tsx';
import { NeverOpened } from './never-opened.tsx';
import { useOverview } from './overview.data.ts';
import '../../desk/queue/queue.css';

/** The state of all work now. Its filters are in the address, and each figure leads to the list that it counts. */
export default function OverviewPage() {
  const navigate = useNavigate();
  const [search] = useSearchParams<Search>();
  const filter = () => readFilter(search, 'all');
  const overview = useOverview(filter);
  const before = useTicketCounts(() => figuresOf(filter()).before);
  const figures = () => (overview.isSuccess ? figuresOf(filter()).atDesk(overview.data) : null);
  const fresh = () => (before.isSuccess && figuresOf(filter()).before ? before.data.counts : null);
  return (
    <div class="over">
      <Title of="Overview" system="Ticket Tracking" />
      <div class="bar">
        <h1>Overview</h1>
        <span class="muted as-of">as of {clockOf(new Date(overview.dataUpdatedAt || now()).toISOString())}</span>
      </div>
      <div class="overview-filters">
        <Filters
          filter={filter()}
          roles={[]}
          offers={overviewFilters}
          onFilter={(chosen) => navigate(overviewHref(chosen), { scroll: false })}
        />
      </div>
      <Loaded query={overview} what="The figures" heading="h2">
        {() => (
          <Show when={figures()}>
            {(shown) => (
              <div class="grid">
                <Show when={shown().unrouted.count > 0}>
                  <Unrouted count={shown().unrouted.count} href={listHref(shown().unrouted.filter)} />
                </Show>
                <KeyFigures figures={shown()} before={fresh()} filter={filter()} />
                <DueNext filter={filter()} />
                <div class="w4 stack">
                  <Loads
                    id="by-role"
                    title="Load per role"
                    none="No ticket is on a step."
                    of={shown().open.count}
                    figures={shown().byRole}
                  />
                  <Loads
                    id="by-person"
                    title="Load per person"
                    none="Nobody has a ticket."
                    of={shown().open.count}
                    figures={shown().byAssignee}
                  />
                  <ByStatus figures={shown().byStatus} />
                  <NeverOpened counts={fresh()} filter={filter()} />
                </div>
              </div>
            )}
          </Show>
        )}
      </Loaded>
    </div>
  );
}

const Unrouted = (props: { count: number; href: string }) => (
  <Banner tone="warn">
    <p>
      <b>{props.count === 1 ? '1 ticket follows' : `${props.count} tickets follow`} no workflow.</b> Nobody works on{' '}
      {props.count === 1 ? 'it' : 'them'} until you choose one.{' '}
      <a href={props.href}>Choose {props.count === 1 ? 'it' : 'them'} now</a>
    </p>
  </Banner>
);
