import { useNavigate } from '@solidjs/router';
import ListFilter from 'lucide-solid/icons/list-filter';
import { type JSX, Show } from 'solid-js';
import { hasLoaded } from '../../lib/has-loaded.ts';
import { listWords } from '../../lib/labels.ts';
import type { Role } from '../../lib/session.ts';
import { Blank } from '../../ui/blank.tsx';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Title } from '../../ui/title.tsx';
import { hasHistory, isNarrowed, listHref, showing, type TaskFilter, widened } from '../task-filter.ts';
import { type Tasks, tasksOf, totalOf, useTasks } from '../tasks.data.ts';
import { useChips } from './filters.tsx';
import { KeyboardHints } from './keyboard-hints.tsx';
import { QueueBar } from './queue-bar.tsx';
import { QueueTable } from './queue-table.tsx';
import './queue.css';
import './queue-table.css';
import './queue-narrow.css';

interface QueueProps {
  title: string;
  filter: TaskFilter;
  roles: readonly Role[];
  /** Each row also leads to its workflow in Temporal Web. */
  workflows?: boolean;
  /** Shown when the list is empty without any filter: says why, and what to do. */
  empty: JSX.Element;
}

/** A list of tickets. Its filters are in the address, and the keyboard moves through it. */
export const Queue = (props: QueueProps) => {
  const navigate = useNavigate();
  const tasks = useTasks(() => props.filter);
  const go = (filter: TaskFilter, replace = false) => navigate(listHref(filter), { replace, scroll: false });
  const total = () => (hasLoaded(tasks) ? totalOf(tasks.data) : null);
  return (
    <div class="queue">
      <Title of={props.title} system="Ticket Tracking" />
      <QueueBar
        title={props.title}
        total={total()}
        filter={props.filter}
        roles={props.roles}
        onFilter={(filter) => go(filter)}
        onType={(filter) => go(filter, true)}
      />
      <section class="list" tabindex="0" aria-label="Tickets" aria-busy={tasks.isPlaceholderData}>
        <Loaded query={tasks} what="The tickets" heading="h2">
          {(data) => (
            <Show
              when={tasksOf(data()).length > 0}
              fallback={
                <Show when={isNarrowed(props.filter)} fallback={props.empty}>
                  <NoMatch filter={props.filter} roles={props.roles} onFilter={(filter) => go(filter)} />
                </Show>
              }
            >
              <QueueTable rows={tasksOf(data())} filter={props.filter} workflows={props.workflows} />
              <More tasks={tasks} />
            </Show>
          )}
        </Loaded>
      </section>
      <KeyboardHints />
    </div>
  );
};

const NoMatch = (props: { filter: TaskFilter; roles: readonly Role[]; onFilter: (filter: TaskFilter) => void }) => {
  const chips = useChips(props);
  const inUse = () => {
    const words = props.filter.q === '' ? [] : [`the words “${props.filter.q}”`];
    return listWords([...words, ...chips().map(({ key, value }) => `${key}: ${value}`)]);
  };
  const isOpenOnly = () => hasHistory(props.filter.queue) && props.filter.show === 'open' && !props.filter.overdue;
  return (
    <Blank
      heading="h2"
      icon={ListFilter}
      title="No ticket matches"
      actions={
        <>
          <Button onClick={() => props.onFilter(widened(props.filter))}>Clear the filters</Button>
          <Show when={isOpenOnly()}>
            <Button onClick={() => props.onFilter(showing(props.filter, 'any'))}>Look among all tickets</Button>
          </Show>
        </>
      }
    >
      No{isOpenOnly() ? ' open' : ''} ticket of this list fits {inUse()}.
    </Blank>
  );
};

const More = (props: { tasks: Tasks }) => (
  <Show when={hasLoaded(props.tasks) && props.tasks.hasNextPage && props.tasks.data}>
    {(data) => (
      <p class="more">
        <span class="num">
          {tasksOf(data()).length} of {totalOf(data()).count}
          {totalOf(data()).more ? ' or more' : ''} shown
        </span>
        <ShowMore list={props.tasks} />
      </p>
    )}
  </Show>
);
