import { type JSX, Show } from 'solid-js';
import type { Status } from '../../../workflows/ticket/rules/words.ts';
import { listHref, type TaskFilter } from '../../desk/task-filter.ts';
import { type Figure as Counted, type Figures, neverOpenedHref } from './figures.ts';

interface KeyFiguresProps {
  figures: ReturnType<Figures['atDesk']>;
  /** Tickets that nobody has opened, by status; null while unknown, or when none can match. */
  before: Partial<Record<Status, number>> | null;
  filter: TaskFilter;
}

/** The counts that matter most, each linked to its list. */
export const KeyFigures = (props: KeyFiguresProps) => (
  <section class="kpis" aria-label="Key figures">
    <Show when={props.before}>
      {(before) => (
        <Figure
          name="To review"
          count={before().new ?? 0}
          detail="wait for a coordinator"
          href={neverOpenedHref(props.filter, 'new')}
        />
      )}
    </Show>
    <Listed name="Open at the desk" figure={props.figures.open} detail="on a step or unrouted" />
    <Listed name="Overdue" figure={props.figures.overdue} detail="step past its due time" bad />
    <Show when={props.figures.unassigned}>
      {(figure) => <Listed name="Nobody’s" figure={figure()} detail="open, without an assignee" />}
    </Show>
    <Listed name="Unrouted" figure={props.figures.unrouted} detail="no workflow fits" />
    <Listed name="Resolved" figure={props.figures.resolved} detail="wait for the requester" />
  </section>
);

interface FigureProps {
  name: string;
  count: number;
  detail: string;
  href: string;
  /** Shown in red when there are some. */
  bad?: boolean;
}

const Figure = (props: FigureProps): JSX.Element => (
  <a class="kpi" href={props.href}>
    <span>{props.name}</span>
    <b classList={{ bad: props.bad && props.count > 0 }}>{props.count}</b>
    <small>{props.detail}</small>
  </a>
);

const Listed = (props: Omit<FigureProps, 'count' | 'href'> & { figure: Counted }) => (
  <Figure {...props} count={props.figure.count} href={listHref(props.figure.filter)} />
);
