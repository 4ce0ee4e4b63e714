import { useNavigate, useParams, useSearchParams } from '@solidjs/router';

import { createEffect, createSignal, onCleanup, Show } from 'solid-js';

import { longestSearch } from '../../api/db/search/search.schema.ts';

import { hasLoaded } from '../lib/has-loaded.ts';
import { useKeys } from '../lib/keyboard.ts';
import { rowsOf, useTickets } from '../lib/tickets.data.ts';
import { Blank } from '../ui/blank.tsx';
import { Title } from '../ui/title.tsx';
import { ReviewList } from './review-list.tsx';
import { reviewPath, reviewViews, statusesOf, viewOf } from './review-views.ts';
import { TicketPane } from './ticket-pane.tsx';

/** Wide enough for list, ticket and decision side by side. Then the first ticket opens by itself. */
const wide = matchMedia('(width >= 90rem)');
const useWide = () => {
  const [isWide, setWide] = createSignal(wide.matches);
  const changed = () => setWide(wide.matches);
  wide.addEventListener('change', changed);
  onCleanup(() => wide.removeEventListener('change', changed));
  return isWide;
};

export default function ReviewPage() {
  const params = useParams<{ number?: string }>();
  const [search, setSearch] = useSearchParams<{ status: string; q: string }>();
  const navigate = useNavigate();
  const isWide = useWide();
  const shown = () => statusesOf(search.status);
  const view = () => viewOf(shown());
  const isFresh = () => view().label === reviewViews.fresh.label;
  const tickets = useTickets(
    () => ({
      scope: 'all',
      status: shown().join(','),
      q: search.q?.trim().slice(0, longestSearch) || undefined,
      // Who has waited longest comes first.
      sort: isFresh() ? 'submitted' : '-changed',
      limit: 50,
    }),
    20_000,
  );
  const rows = () => (hasLoaded(tickets) ? rowsOf(tickets.data) : []);
  const selected = () => params.number;
  const pathTo = (number?: string) => reviewPath(shown(), number, search.q);
  const [decided, setDecided] = createSignal<string | null>(null);
  /** The ticket to which a decision led; the focus goes there. */
  const [arriving, setArriving] = createSignal<string | null>(null);
  // The open ticket is in the address, so that a list that loads again cannot put another one in its place.
  createEffect(() => {
    if (params.number !== undefined || !isWide()) return;
    const first = rows().find(({ number }) => number !== decided());
    if (!first) return;
    if (decided() !== null) setArriving(first.number);
    navigate(pathTo(first.number), { replace: true, scroll: false });
  });
  const goOn = (next: string | undefined) => {
    setDecided(params.number ?? null);
    setArriving(next ?? null);
    navigate(pathTo(next));
  };
  const at = () => rows().findIndex((row) => row.number === selected());
  const after = () => rows()[at() + 1] ?? rows()[at() - 1];
  const move = (by: number) => {
    const row = rows()[Math.min(Math.max(at() + by, 0), rows().length - 1)];
    if (row) navigate(pathTo(row.number));
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  return (
    <div class="review" classList={{ chosen: selected() !== undefined }}>
      <Show when={!selected()}>
        <Title of={view().label} system="Help Desk" />
      </Show>
      <ReviewList
        view={view()}
        tickets={tickets}
        selected={selected()}
        words={search.q ?? ''}
        pathTo={pathTo}
        onSearch={(q) => setSearch({ q: q || undefined })}
      />
      <Show when={selected()} keyed fallback={<NothingChosen canChoose={rows().length > 0} />}>
        {(number) => (
          <TicketPane
            number={number}
            back={pathTo()}
            next={isFresh() ? after() : undefined}
            takesFocus={arriving() === number}
            onDecided={goOn}
          />
        )}
      </Show>
    </div>
  );
}

const NothingChosen = (props: { canChoose: boolean }) => (
  <div class="doc none">
    <Show when={props.canChoose}>
      <Blank title="No ticket is open here" heading="h2">
        Choose one from the list.
      </Blank>
    </Show>
  </div>
);
