import { useNavigate, useSearchParams } from '@solidjs/router';
import RouteIcon from 'lucide-solid/icons/route';
import { createSignal, For, Show } from 'solid-js';
import type { TaskRow } from '../../api/tracking/task.schema.ts';
import { Filters } from '../desk/queue/filters.tsx';
import { RouteDialog } from '../desk/route-dialog.tsx';
import { isNarrowed, listHref, readFilter, type Search, type TaskFilter, ticketHref } from '../desk/task-filter.ts';
import { tasksOf, totalOf, useTasks } from '../desk/tasks.data.ts';
import { hasLoaded } from '../lib/has-loaded.ts';
import { categoryWords, countWords, departmentWords } from '../lib/labels.ts';
import { Blank } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Priority } from '../ui/priority.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { TicketNumber } from '../ui/ticket-number.tsx';
import { Time } from '../ui/time.tsx';
import { Title } from '../ui/title.tsx';
import { overviewFilters } from './overview/figures.ts';
import '../desk/queue/queue.css';

/** Tickets that no workflow fits, the oldest first: each waits until an admin chooses one. */
export default function UnroutedPage() {
  const navigate = useNavigate();
  const [search] = useSearchParams<Search>();
  const filter = () => ({ ...readFilter(search, 'unrouted'), sort: 'submitted' as const });
  const tasks = useTasks(filter);
  // Kept here and not in the table: the row of a routed ticket disappears, but its dialog must remain to say so.
  const [chosen, setChosen] = createSignal<TaskRow | null>(null);
  return (
    <>
      <Title of="Unrouted" system="Ticket Tracking" />
      <div class="bar">
        <h1>Unrouted</h1>
        <span class="muted num" aria-live="polite">
          <Show when={hasLoaded(tasks) && totalOf(tasks.data)}>{(total) => <>{countWords(total(), 'ticket')}</>}</Show>
        </span>
      </div>
      <div class="overview-filters">
        <Filters
          filter={filter()}
          roles={[]}
          offers={overviewFilters}
          onFilter={(chosen) => navigate(listHref({ ...chosen, sort: 'due' }), { scroll: false })}
        />
      </div>
      <div class="page-body">
        <Loaded query={tasks} what="The tickets" heading="h2">
          {(data) => (
            <Show
              when={tasksOf(data()).length > 0}
              fallback={
                <Blank
                  heading="h2"
                  icon={RouteIcon}
                  title={isNarrowed(filter()) ? 'No unrouted ticket matches' : 'Every ticket has a workflow'}
                >
                  {isNarrowed(filter())
                    ? 'No ticket of this list fits the filters above.'
                    : 'A ticket comes here when no published workflow fits its category and department.'}
                </Blank>
              }
            >
              <p class="muted lead">No published workflow fits these. Nobody works on them until you choose one.</p>
              <UnroutedTable rows={tasksOf(data())} list={filter()} onChoose={setChosen} />
              <p>
                <ShowMore list={tasks} />
              </p>
            </Show>
          )}
        </Loaded>
        <Show when={chosen()}>{(task) => <RouteDialog task={task()} open onClose={() => setChosen(null)} />}</Show>
      </div>
    </>
  );
}

const UnroutedTable = (props: { rows: TaskRow[]; list: TaskFilter; onChoose: (task: TaskRow) => void }) => (
  <div class="card">
    <table class="table stacked">
      <thead>
        <tr>
          <th scope="col">Ticket</th>
          <th scope="col">For</th>
          <th scope="col">Requester</th>
          <th scope="col">Priority</th>
          <th scope="col">Waiting since</th>
          <th scope="col">
            <span class="sr">Choose a workflow</span>
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(task) => (
            <tr>
              <th scope="row">
                <a href={ticketHref(task.number, props.list)}>{task.subject}</a> <TicketNumber of={task.number} />
              </th>
              <td>
                {categoryWords[task.category]}, {departmentWords[task.department]}
              </td>
              <td>{task.requester.name}</td>
              <td>
                <Priority of={task.priority} />
              </td>
              <td>
                <Time at={task.changedAt} />
              </td>
              <td class="right">
                <Button size="small" icon={RouteIcon} onClick={() => props.onChoose(task)}>
                  Choose a workflow
                </Button>
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  </div>
);
