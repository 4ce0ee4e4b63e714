import CalendarCheck from 'lucide-solid/icons/calendar-check';
import { For, Show } from 'solid-js';
import type { TaskRow } from '../../../api/tracking/task.schema.ts';
import { Due } from '../../desk/due.tsx';
import { listHref, type TaskFilter, ticketHref } from '../../desk/task-filter.ts';
import { stepWords } from '../../desk/task-row-words.ts';
import { tasksOf } from '../../desk/tasks.data.ts';
import { shortNumber } from '../../lib/ticket-number.ts';
import { Person } from '../../ui/avatar.tsx';
import { Blank } from '../../ui/blank.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { figuresOf } from './figures.ts';
import { useOpenByDue } from './overview.data.ts';

const shown = 8;

/** The tickets that are due first or overdue. */
export const DueNext = (props: { filter: TaskFilter }) => {
  const tasks = useOpenByDue(() => props.filter, shown);
  const open = () => figuresOf(props.filter).open;
  return (
    <section class="card w8" aria-labelledby="due-next">
      <header>
        <h2 id="due-next">Due next</h2>
        <a class="push see-all" href={listHref(open())}>
          See all
        </a>
      </header>
      <Loaded query={tasks} what="The due times">
        {(data) => (
          <Show
            when={tasksOf(data()).length > 0}
            fallback={
              <Blank icon={CalendarCheck} title="Nothing is open">
                Opened tickets that fit the filters appear here with the time they have left.
              </Blank>
            }
          >
            <DueTable rows={tasksOf(data()).slice(0, shown)} list={open()} />
          </Show>
        )}
      </Loaded>
    </section>
  );
};

const DueTable = (props: { rows: TaskRow[]; list: TaskFilter }) => (
  <table class="table stacked clocks">
    <thead>
      <tr>
        <th scope="col">Ticket</th>
        <th scope="col">Step</th>
        <th scope="col">Assignee</th>
        <th scope="col">Due</th>
      </tr>
    </thead>
    <tbody>
      <For each={props.rows}>
        {(task) => (
          <tr>
            <th scope="row">
              <a href={ticketHref(task.number, props.list)}>
                {shortNumber(task.number)} {task.subject}
              </a>
            </th>
            <td>{stepWords(task)}</td>
            <td>
              <Person name={task.assignee?.name ?? null} none={task.role ? `Waits for ${task.role}` : 'Nobody'} />
            </td>
            <td class="nowrap">
              <Due task={task} />
            </td>
          </tr>
        )}
      </For>
    </tbody>
  </table>
);
