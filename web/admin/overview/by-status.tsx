import { For } from 'solid-js';
import { type Status, statuses } from '../../../workflows/ticket/rules/words.ts';
import { listHref, statusesOf, wholeQueue } from '../../desk/task-filter.ts';
import { statusWords } from '../../lib/labels.ts';
import { useTicketCounts } from '../../lib/tickets.data.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { LoadBar } from './load-bar.tsx';

/** The list of the desk has only tickets that were opened. */
const hrefOf = (status: Status): string | undefined =>
  statusesOf('any').includes(status) ? listHref({ ...wholeQueue('all'), status: [status] }) : undefined;

/** All tickets by status, also those that were never opened. */
export const ByStatus = () => {
  const tickets = useTicketCounts(() => 'all');
  return (
    <section class="card" aria-labelledby="by-status">
      <header>
        <h2 id="by-status">By status</h2>
        <small class="muted push">all tickets</small>
      </header>
      <div class="in">
        <Loaded query={tickets} what="The numbers">
          {(data) => {
            const counts = () => data().counts;
            const all = () => Object.values(counts()).reduce((sum, count) => sum + count, 0);
            return (
              <ul class="loads">
                <For each={statuses.filter((status) => (counts()[status] ?? 0) > 0)}>
                  {(status) => (
                    <LoadBar
                      name={statusWords[status]}
                      href={hrefOf(status)}
                      count={counts()[status] ?? 0}
                      of={all()}
                    />
                  )}
                </For>
              </ul>
            );
          }}
        </Loaded>
      </div>
    </section>
  );
};
