import ListFilter from 'lucide-solid/icons/list-filter';
import X from 'lucide-solid/icons/x';
import { For, Show } from 'solid-js';
import { readableRole } from '../../../workflows/ticket/rules/role-key.ts';
import { categories, priorities, type Status } from '../../../workflows/ticket/rules/words.ts';
import { categoryWords, priorityWords, statusWords } from '../../lib/labels.ts';
import type { Role } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Popover } from '../../ui/popover.tsx';
import { isNarrowed, statusesOf, type TaskFilter, widened } from '../task-filter.ts';

export interface FilterProps {
  filter: TaskFilter;
  /** Roles to choose from; none hides that filter. */
  roles: readonly Role[];
  onFilter: (filter: TaskFilter) => void;
}

interface Chip {
  key: string;
  value: string;
  without: TaskFilter;
}

/** The address names a role by its key; one that is not among those to choose from reads as its key says. */
const roleWords = (key: string, roles: readonly Role[]): string =>
  roles.find((role) => role.key === key)?.name ?? readableRole(key);

const chipsOf = ({ filter, roles }: Pick<FilterProps, 'filter' | 'roles'>): Chip[] => {
  const { status, category, priority, role } = filter;
  const chips: (Chip | false)[] = [
    status.length > 0 && {
      key: 'Status',
      value: status.map((code) => statusWords[code]).join(', '),
      without: { ...filter, status: [] },
    },
    category !== null && { key: 'Category', value: categoryWords[category], without: { ...filter, category: null } },
    priority !== null && { key: 'Priority', value: priorityWords[priority], without: { ...filter, priority: null } },
    role !== null && { key: 'Role', value: roleWords(role, roles), without: { ...filter, role: null } },
  ];
  return chips.filter((chip) => chip !== false);
};

/** The filters in use, each with a button to remove it, and a panel to add more. */
export const Filters = (props: FilterProps) => (
  <fieldset class="filter-chips" aria-label="Filters">
    <For each={chipsOf(props)}>
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

const FilterPanel = (props: FilterProps) => {
  const change = (part: Partial<TaskFilter>) => props.onFilter({ ...props.filter, ...part });
  const toggled = (code: Status): Status[] =>
    statusesOf(props.filter.show).filter((known) => props.filter.status.includes(known) !== (known === code));
  return (
    <>
      <fieldset class="field">
        <legend class="label">Status</legend>
        <div class="checks">
          <For each={statusesOf(props.filter.show)}>
            {(code) => (
              <label class="check">
                <input
                  type="checkbox"
                  checked={props.filter.status.includes(code)}
                  onChange={() => change({ status: toggled(code) })}
                />
                {statusWords[code]}
              </label>
            )}
          </For>
        </div>
      </fieldset>
      <Select
        label="Category"
        value={props.filter.category ?? ''}
        placeholder="Any"
        options={categories.map((value) => ({ value, label: categoryWords[value] }))}
        onChange={(value) => change({ category: categories.find((known) => known === value) ?? null })}
      />
      <Select
        label="Priority"
        value={props.filter.priority ?? ''}
        placeholder="Any"
        options={priorities.map((value) => ({ value, label: priorityWords[value] }))}
        onChange={(value) => change({ priority: priorities.find((known) => known === value) ?? null })}
      />
      <Show when={props.roles.length > 1}>
        <Select
          label="Role"
          value={props.filter.role ?? ''}
          placeholder="Any"
          options={props.roles.map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(value) => change({ role: value || null })}
        />
      </Show>
    </>
  );
};
