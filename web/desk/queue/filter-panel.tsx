import { For, type JSX, Show } from 'solid-js';
import { categories, departments, priorities } from '../../../workflows/ticket/rules/words.ts';
import { useSigned } from '../../account/gate.tsx';
import { isDay } from '../../lib/days.ts';
import { categoryWords, departmentWords, priorityWords, statusWords } from '../../lib/labels.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { statusesOf, type TaskFilter } from '../task-filter.ts';
import type { FilterProps } from './filters.tsx';

/** All filters of a list. Each takes effect at once. */
export const FilterPanel = (props: FilterProps) => {
  const me = useSigned();
  const offers = (key: keyof TaskFilter) => props.offers?.includes(key) ?? true;
  const change = (part: Partial<TaskFilter>) => props.onFilter({ ...props.filter, ...part });
  const isOwn = () => props.filter.queue === 'mine';
  return (
    <>
      <Show when={offers('status')}>
        <Checks
          legend="Status"
          codes={statusesOf(props.filter.show)}
          words={statusWords}
          checked={props.filter.status}
          onChange={(status) => change({ status })}
        />
      </Show>
      <div class="group">
        <Show when={offers('department')}>
          <Checks
            legend="Department"
            codes={departments}
            words={departmentWords}
            checked={props.filter.department}
            onChange={(department) => change({ department })}
          />
        </Show>
        <Show when={offers('overdue')}>
          <fieldset class="field">
            <legend class="label">Time</legend>
            <label class="check">
              <input
                type="checkbox"
                checked={props.filter.overdue}
                onChange={(event) => change({ overdue: event.currentTarget.checked })}
              />
              Only overdue
            </label>
          </fieldset>
        </Show>
      </div>
      <Show when={!isOwn() && offers('assignee')}>
        <div class="field">
          <PersonPicker
            label="Assignee"
            of="tts"
            value={props.filter.assignee === 'nobody' ? null : props.filter.assignee}
            onChange={(assignee) => change({ assignee })}
          />
          <div class="row-x">
            <Button size="small" kind="quiet" onClick={() => change({ assignee: me().user.id })}>
              Me
            </Button>
            <Button size="small" kind="quiet" onClick={() => change({ assignee: 'nobody' })}>
              Nobody
            </Button>
          </div>
        </div>
      </Show>
      <PersonPicker label="Requester" value={props.filter.requester} onChange={(requester) => change({ requester })} />
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
      <Show when={props.roles.length > 1 && offers('role')}>
        <Select
          label="Role"
          value={props.filter.role ?? ''}
          placeholder="Any"
          options={props.roles.map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(value) => change({ role: value || null })}
        />
      </Show>
      <Span legend="Submitted">
        <Day label="Submitted from" value={props.filter.from} onChange={(from) => change({ from })} />
        <Day label="Submitted to" value={props.filter.to} onChange={(to) => change({ to })} />
      </Span>
      <Show when={offers('dueFrom')}>
        <Span legend="Due">
          <Day label="Due from" value={props.filter.dueFrom} onChange={(dueFrom) => change({ dueFrom })} />
          <Day label="Due to" value={props.filter.dueTo} onChange={(dueTo) => change({ dueTo })} />
        </Span>
      </Show>
    </>
  );
};

interface ChecksProps<Code extends string> {
  legend: string;
  codes: readonly Code[];
  words: Record<Code, string>;
  checked: readonly Code[];
  onChange: (codes: Code[]) => void;
}

const Checks = <Code extends string>(props: ChecksProps<Code>) => {
  const toggled = (code: Code): Code[] =>
    props.codes.filter((known) => props.checked.includes(known) !== (known === code));
  return (
    <fieldset class="field">
      <legend class="label">{props.legend}</legend>
      <div class="checks">
        <For each={props.codes}>
          {(code) => (
            <label class="check">
              <input
                type="checkbox"
                checked={props.checked.includes(code)}
                onChange={() => props.onChange(toggled(code))}
              />
              {props.words[code]}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
};

const Span = (props: { legend: string; children: JSX.Element }) => (
  <fieldset class="field span">
    <legend class="label">{props.legend}, from and to</legend>
    {props.children}
  </fieldset>
);

const Day = (props: { label: string; value: string | null; onChange: (day: string | null) => void }) => (
  <input
    class="input"
    type="date"
    aria-label={props.label}
    value={props.value ?? ''}
    // While a year is typed, the field has days like 0202-11-23.
    onChange={(event) => {
      const day = event.currentTarget.value;
      if (day === '' || isDay(day)) props.onChange(day || null);
    }}
  />
);
