import { For, Show } from 'solid-js';
import type { Status } from '../../../workflows/ticket/rules/words.ts';
import { listHref } from '../../desk/task-filter.ts';
import { statusWords } from '../../lib/labels.ts';
import type { Figure } from './figures.ts';
import { LoadBar } from './load-bar.tsx';

interface LoadsProps {
  id: string;
  title: string;
  /** What is counted. */
  unit?: string;
  /** What an empty card says. */
  none: string;
  /** What is 100 %. */
  of: number;
  figures: readonly (Figure & { name: string })[];
}

/** A card of counts with bars, each linked to its list. */
export const Loads = (props: LoadsProps) => (
  <section class="card" aria-labelledby={props.id}>
    <header>
      <h2 id={props.id}>{props.title}</h2>
      <small class="muted push">{props.unit ?? 'open tickets'}</small>
    </header>
    <div class="in">
      <Show when={props.figures.length > 0} fallback={<p class="muted said">{props.none}</p>}>
        <ul class="loads">
          <For each={props.figures}>
            {(figure) => (
              <LoadBar name={figure.name} href={listHref(figure.filter)} count={figure.count} of={props.of} />
            )}
          </For>
        </ul>
      </Show>
    </div>
  </section>
);

/** The tickets that were opened, by status. */
export const ByStatus = (props: { figures: readonly (Figure & { status: Status })[] }) => (
  <Loads
    id="by-status"
    title="By status"
    unit="opened tickets"
    none="No ticket was opened."
    of={props.figures.reduce((sum, { count }) => sum + count, 0)}
    figures={props.figures.map((figure) => ({ ...figure, name: statusWords[figure.status] }))}
  />
);
