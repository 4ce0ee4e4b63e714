import ListFilter from 'lucide-solid/icons/list-filter';
import X from 'lucide-solid/icons/x';
import { For, Show } from 'solid-js';
import { usePersonName } from '../../lib/people.data.ts';
import type { Role } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Popover } from '../../ui/popover.tsx';
import { isNarrowed, type TaskFilter, widened } from '../task-filter.ts';
import { type Chip, chipsOf } from './filter-chips.ts';
import { FilterPanel } from './filter-panel.tsx';

export interface FilterProps {
  filter: TaskFilter;
  /** Roles to choose from; none hides that filter. */
  roles: readonly Role[];
  /** The filters to choose from; all of them when left out. */
  offers?: readonly (keyof TaskFilter)[];
  onFilter: (filter: TaskFilter) => void;
}

/** The filters in use, in words, with the names of people as they load. */
export const useChips = (props: Pick<FilterProps, 'filter' | 'roles'>): (() => Chip[]) => {
  const assigneeId = () => (props.filter.assignee === 'nobody' ? null : props.filter.assignee);
  const assignee = usePersonName(assigneeId);
  const requester = usePersonName(() => props.filter.requester);
  return () => chipsOf(props.filter, { roles: props.roles, assignee: assignee(), requester: requester() });
};

/** The filters in use, each with a button to remove it, and a panel to add more. */
export const Filters = (props: FilterProps) => {
  const chips = useChips(props);
  return (
    <fieldset class="filter-chips" aria-label="Filters">
      <For each={chips()}>
        {(chip) => (
          <span class="chip">
            <span class="key">{chip.key}</span> <span class="truncate">{chip.value}</span>
            <button
              type="button"
              aria-label={`Remove the filter ${chip.key} ${chip.value}`}
              onClick={() => props.onFilter(chip.without)}
            >
              <Icon of={X} />
            </button>
          </span>
        )}
      </For>
      <Popover
        title="Choose what the list shows"
        buttonClass="btn small quiet"
        button={
          <>
            <Icon of={ListFilter} />
            Add a filter
          </>
        }
        panelClass="menu filter-panel"
        panelLabel="Filters"
      >
        {() => <FilterPanel {...props} />}
      </Popover>
      <Show when={isNarrowed(props.filter)}>
        <Button size="small" kind="quiet" onClick={() => props.onFilter(widened(props.filter))}>
          Reset
        </Button>
      </Show>
    </fieldset>
  );
};
