import Search from 'lucide-solid/icons/search';
import { createEffect, For, on, onCleanup, Show } from 'solid-js';
import { longestSearch } from '../../../api/db/search/search.schema.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { countWords } from '../../lib/labels.ts';
import type { Page } from '../../lib/tickets.data.ts';
import { Icon } from '../../ui/icon.tsx';
import { Segments } from '../../ui/segments.tsx';
import { hasHistory, type Show as Shown, type Sort, showing, type TaskFilter } from '../task-filter.ts';
import { type FilterProps, Filters } from './filters.tsx';

interface QueueBarProps extends FilterProps {
  title: string;
  /** Null while it is not known. */
  total: Page<unknown>['total'] | null;
  /** For a filter that changes with every key: it replaces the browser's current history entry. */
  onType: (filter: TaskFilter) => void;
}

const shows: { value: Shown; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'done', label: 'Done' },
  { value: 'any', label: 'All' },
];

const sorts: { value: Sort; label: string }[] = [
  { value: 'due', label: 'Due first' },
  { value: '-due', label: 'Due last' },
  { value: '-changed', label: 'Last changed' },
  { value: '-submitted', label: 'Newest' },
  { value: 'submitted', label: 'Oldest' },
];

/** The head of a queue: title, length, search, order and filters. */
export const QueueBar = (props: QueueBarProps) => (
  <>
    <div class="bar">
      <h1>{props.title}</h1>
      <span class="muted num" aria-live="polite">
        <Show when={props.total}>{(total) => <>{countWords(total(), 'ticket')}</>}</Show>
      </span>
      <Find words={props.filter.q} onFind={(q) => props.onType({ ...props.filter, q })} />
      <span class="select sort">
        <select
          class="input"
          aria-label="Order"
          onChange={(event) => {
            const chosen = sorts.find((sort) => sort.value === event.currentTarget.value);
            if (chosen) props.onFilter({ ...props.filter, sort: chosen.value });
          }}
        >
          <For each={sorts}>
            {(sort) => (
              <option value={sort.value} selected={sort.value === props.filter.sort}>
                {sort.label}
              </option>
            )}
          </For>
        </select>
      </span>
    </div>
    <div class="filters">
      {/* Work that is over has no assignee and no role any more: the lists of those do not have it. */}
      <Show when={hasHistory(props.filter.queue)}>
        <Segments
          legend="Show"
          value={props.filter.show}
          options={shows}
          onChange={(show) => props.onFilter(showing(props.filter, show))}
        />
      </Show>
      <Filters filter={props.filter} roles={props.roles} onFilter={props.onFilter} />
    </div>
  </>
);

/** Searches while somebody types, a quarter of a second after the last key. */
const Find = (props: { words: string; onFind: (words: string) => void }) => {
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const find = () => {
    clearTimeout(timer);
    const words = input?.value.trim() ?? '';
    if (words !== props.words) props.onFind(words);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(find, 250);
  };
  onCleanup(() => clearTimeout(timer));
  // The address can change without the field, for example by Back. The field follows, but not while somebody types.
  createEffect(
    on(
      () => props.words,
      (words) => {
        if (input && input !== document.activeElement) input.value = words;
      },
    ),
  );
  useKeys({ '/': () => input?.focus() });
  return (
    <search class="with-icon find push">
      <Icon of={Search} />
      <input
        class="input"
        type="search"
        ref={input}
        maxlength={longestSearch}
        aria-label="Search in this list"
        placeholder="Search"
        onInput={later}
        onChange={find}
      />
    </search>
  );
};
