import { For, Show } from 'solid-js';
import type { TaskRow } from '../../../api/tracking/task.schema.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { type TaskFilter, ticketHref } from '../task-filter.ts';
import { QueueRow } from './queue-row.tsx';

/** Moves the focus to the next or the previous row. */
const moveFocus = (list: HTMLElement | undefined, by: 1 | -1): void => {
  const links = [...(list?.querySelectorAll<HTMLElement>('a[data-row]') ?? [])];
  const here = links.findIndex((link) => link.contains(document.activeElement));
  const next = here === -1 ? 0 : Math.min(Math.max(here + by, 0), links.length - 1);
  links[next]?.focus();
};

export const QueueTable = (props: { rows: TaskRow[]; filter: TaskFilter; workflows?: boolean }) => {
  let table: HTMLTableElement | undefined;
  useKeys({ j: () => moveFocus(table, 1), k: () => moveFocus(table, -1) });
  return (
    <table class="q" classList={{ 'with-workflows': props.workflows }} ref={table}>
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
