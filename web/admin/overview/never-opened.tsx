import { For, Show } from 'solid-js';
import { type Status, statuses } from '../../../workflows/ticket/rules/words.ts';
import type { TaskFilter } from '../../desk/task-filter.ts';
import { statusWords } from '../../lib/labels.ts';
import { neverOpenedHref } from './figures.ts';
import { LoadBar } from './load-bar.tsx';

/** The tickets that no coordinator has opened, by status. */
export const NeverOpened = (props: { counts: Partial<Record<Status, number>> | null; filter: TaskFilter }) => {
  const all = () => Object.values(props.counts ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <Show when={all() > 0 && props.counts}>
      {(counts) => (
        <section class="card" aria-labelledby="never-opened">
          <header>
            <h2 id="never-opened">Not opened</h2>
            <small class="muted push">at the help desk</small>
          </header>
          <div class="in">
            <ul class="loads">
              <For each={statuses.filter((status) => (counts()[status] ?? 0) > 0)}>
                {(status) => (
                  <LoadBar
                    name={statusWords[status]}
                    href={neverOpenedHref(props.filter, status)}
                    count={counts()[status] ?? 0}
                    of={all()}
                  />
                )}
              </For>
            </ul>
          </div>
        </section>
      )}
    </Show>
  );
};
