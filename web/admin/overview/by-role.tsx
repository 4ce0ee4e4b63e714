import { For, Show } from 'solid-js';
import { listHref, wholeQueue } from '../../desk/task-filter.ts';
import { totalOf, useTaskCounts, useTasks } from '../../desk/tasks.data.ts';
import { useWorkflows } from '../../desk/workflows.data.ts';
import { hasLoaded } from '../../lib/has-loaded.ts';
import type { Role } from '../../lib/session.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { rolesOfWorkflows } from '../workflow-words.ts';
import { LoadBar } from './load-bar.tsx';

/** How many open tickets are on the steps of each role. */
export const ByRole = () => {
  const workflows = useWorkflows();
  return (
    <section class="card" aria-labelledby="by-role">
      <header>
        <h2 id="by-role">Load per role</h2>
        <small class="muted push">open tickets</small>
      </header>
      <div class="in">
        <Loaded query={workflows} what="The roles">
          {(data) => (
            <Show
              when={data().items.length > 0}
              fallback={<p class="muted said">No workflow is published, so no role has a step.</p>}
            >
              <ul class="loads">
                <For each={rolesOfWorkflows(data().items)}>{(role) => <RoleLoad role={role} />}</For>
              </ul>
            </Show>
          )}
        </Loaded>
      </div>
    </section>
  );
};

const RoleLoad = (props: { role: Role }) => {
  const filter = () => ({ ...wholeQueue('all', 'open'), role: props.role.key });
  const tasks = useTasks(filter, 1);
  const counts = useTaskCounts();
  const total = () => (hasLoaded(tasks) ? totalOf(tasks.data) : null);
  return (
    <LoadBar
      name={props.role.name}
      href={listHref(filter())}
      count={total()?.count ?? null}
      more={total()?.more}
      of={hasLoaded(counts) ? (counts.data.all ?? 0) : 0}
    />
  );
};
