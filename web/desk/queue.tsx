import { useNavigate } from '@solidjs/router';
import ListFilter from 'lucide-solid/icons/list-filter';
import { For, type JSX, Show } from 'solid-js';
import type { TaskRow } from '../../api/tracking/task.schema.ts';
import { keysOn, switchKeys, useKeys } from '../lib/keys.ts';
import type { Role } from '../lib/session.ts';
import { Blank } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Title } from '../ui/title.tsx';
import { QueueBar } from './queue-bar.tsx';
import { QueueRow } from './queue-row.tsx';
import { isNarrowed, listHref, type TaskFilter, ticketHref, widened } from './task-filter.ts';
import { type Tasks, tasksOf, totalOf, useTasks } from './tasks.data.ts';
import './queue.css';
import './queue-table.css';
import './queue-narrow.css';

interface QueueProps {
  title: string;
  filter: TaskFilter;
  roles: readonly Role[];
  /** Each row also leads to its workflow in Temporal Web. */
  workflows?: boolean;
  /** When nothing is there and nothing narrows it: why, and what to do. */
  empty: JSX.Element;
}

/** A list of tickets with its filters in the address, to be walked with the keyboard. */
export const Queue = (props: QueueProps) => {
  const navigate = useNavigate();
  const tasks = useTasks(() => props.filter);
  const go = (filter: TaskFilter, replace = false) => navigate(listHref(filter), { replace, scroll: false });
  const total = () => (tasks.isSuccess ? totalOf(tasks.data) : null);
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
                  <NoMatch onWiden={() => go(widened(props.filter))} />
                </Show>
              }
            >
              <Table rows={tasksOf(data())} filter={props.filter} workflows={props.workflows} />
              <More tasks={tasks} />
            </Show>
          )}
        </Loaded>
      </section>
      <Hints />
    </div>
  );
};

const NoMatch = (props: { onWiden: () => void }) => (
  <Blank
    heading="h2"
    icon={ListFilter}
    title="No ticket matches"
    actions={<Button onClick={props.onWiden}>Clear the filters</Button>}
  >
    Nothing in this list fits all the filters above.
  </Blank>
);

/** Moves the focus to the next or the last row. */
const step = (list: HTMLElement | undefined, by: 1 | -1): void => {
  const links = [...(list?.querySelectorAll<HTMLElement>('a[data-row]') ?? [])];
  const here = links.findIndex((link) => link.contains(document.activeElement));
  const next = here === -1 ? 0 : Math.min(Math.max(here + by, 0), links.length - 1);
  links[next]?.focus();
};

const Table = (props: { rows: TaskRow[]; filter: TaskFilter; workflows?: boolean }) => {
  let table: HTMLTableElement | undefined;
  useKeys({ j: () => step(table, 1), k: () => step(table, -1) });
  return (
    <table class="q" classList={{ flows: props.workflows }} ref={table}>
      <thead>
        <tr>
          <th scope="col">
            <span class="sr">Priority</span>
          </th>
          <th scope="col">Number</th>
          <th scope="col">Subject</th>
          <th scope="col" class="who">
            Requester
          </th>
          <th scope="col">Step and status</th>
          <th scope="col" aria-sort={dueOrder(props.filter)}>
            Due
          </th>
          <th scope="col">
            <span class="sr">Assignee</span>
          </th>
          <th scope="col" class="when">
            Last
          </th>
          <Show when={props.workflows}>
            <th scope="col" class="out">
              <span class="sr">Workflow</span>
            </th>
          </Show>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(task) => <QueueRow task={task} href={ticketHref(task.number, props.filter)} workflow={props.workflows} />}
        </For>
      </tbody>
    </table>
  );
};

const dueOrder = (filter: TaskFilter): 'ascending' | 'descending' | 'none' => {
  if (filter.sort === 'due') return 'ascending';
  return filter.sort === '-due' ? 'descending' : 'none';
};

const More = (props: { tasks: Tasks }) => (
  <Show when={props.tasks.isSuccess && props.tasks.hasNextPage && props.tasks.data}>
    {(data) => (
      <p class="more">
        <span class="num">
          {tasksOf(data()).length} of {totalOf(data()).count}
          {totalOf(data()).more ? ' or more' : ''} shown
        </span>
        <Button size="small" busy={props.tasks.isFetchingNextPage} onClick={() => void props.tasks.fetchNextPage()}>
          Show more
        </Button>
        <Show when={props.tasks.isFetchNextPageError && !props.tasks.isFetchingNextPage}>
          <span role="alert">More did not load. What you see is still right.</span>
        </Show>
      </p>
    )}
  </Show>
);

const Hints = () => (
  <div class="hints">
    <Show when={keysOn()}>
      <span>
        <kbd>J</kbd>
        <kbd>K</kbd> move
      </span>
      <span>
        <kbd>Enter</kbd> open
      </span>
      <span>
        <kbd>/</kbd> search
      </span>
    </Show>
    <button type="button" class="linklike push" onClick={() => switchKeys(!keysOn())}>
      {keysOn() ? 'Switch single keys off' : 'Switch single keys on'}
    </button>
  </div>
);
