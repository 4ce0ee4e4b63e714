import { type JSX, Show } from 'solid-js';
import { listHref, wholeQueue } from '../../desk/task-filter.ts';
import { tasksOf, type useTaskCounts } from '../../desk/tasks.data.ts';
import { hasLoaded } from '../../lib/has-loaded.ts';
import { useTicketCounts } from '../../lib/tickets.data.ts';
import { overdueOf, useOpenByDue } from './overview.data.ts';

const open = listHref(wholeQueue('all', 'open'));
const resolved = listHref({ ...wholeQueue('all'), status: ['resolved'] });

/** The counts that matter most, each linked to its list. */
export const KeyFigures = (props: { counts: ReturnType<typeof useTaskCounts> }) => {
  const tickets = useTicketCounts(() => 'all');
  const clocks = useOpenByDue();
  const statuses = () => (hasLoaded(tickets) ? tickets.data.counts : null);
  const sizes = () => (hasLoaded(props.counts) ? props.counts.data : null);
  const late = () => (hasLoaded(clocks) ? overdueOf(tasksOf(clocks.data), clocks.hasNextPage) : null);
  return (
    <section class="kpis" aria-label="Key figures">
      <Figure name="To review" value={statuses() && (statuses()?.new ?? 0)} detail="wait for a coordinator" />
      <Figure name="Open at the desk" value={sizes()?.all} detail="on a step or unrouted" href={open} />
      <Figure
        name="Overdue"
        value={late()?.count}
        more={late()?.more}
        bad={(late()?.count ?? 0) > 0}
        detail="step past its due time"
        href={open}
      />
      <Figure name="Unrouted" value={sizes()?.unrouted} detail="no workflow fits" href="/admin/unrouted" />
      <Figure
        name="Resolved"
        value={statuses() && (statuses()?.resolved ?? 0)}
        detail="wait for the requester"
        href={resolved}
      />
    </section>
  );
};

interface FigureProps {
  name: string;
  /** Missing while it is not known. */
  value: number | null | undefined;
  more?: boolean;
  bad?: boolean;
  detail: string;
  href?: string;
}

const Figure = (props: FigureProps) => {
  const inside = (): JSX.Element => (
    <>
      <span>{props.name}</span>
      <b classList={{ bad: props.bad }}>
        {props.value ?? '–'}
        {props.more ? '+' : ''}
      </b>
      <small>{props.detail}</small>
    </>
  );
  return (
    <Show when={props.href} fallback={<div class="kpi">{inside()}</div>}>
      {(href) => (
        <a class="kpi" href={href()}>
          {inside()}
        </a>
      )}
    </Show>
  );
};
