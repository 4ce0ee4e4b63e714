import { A, useNavigate } from '@solidjs/router';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import { For, onMount, Show } from 'solid-js';
import type { TaskRow } from '../../../api/tracking/task.schema.ts';
import { useSigned } from '../../account/gate.tsx';
import { hasLoaded } from '../../lib/has-loaded.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { rolesIn } from '../../lib/session.ts';
import { shortNumber } from '../../lib/ticket-number.ts';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Priority } from '../../ui/priority.tsx';
import { Due } from '../due.tsx';
import { isNarrowed, listHref, type TaskFilter, ticketHref } from '../task-filter.ts';
import { tasksOf, totalOf, useTasks } from '../tasks.data.ts';
import { listName } from '../tracking-nav.ts';
import './list-pane.css';

interface ListPaneProps {
  filter: TaskFilter;
  /** The number of the open ticket. */
  current: string;
}

/** The list from which the ticket was opened, to go on to the next one. */
export const ListPane = (props: ListPaneProps) => {
  const me = useSigned();
  const navigate = useNavigate();
  const tasks = useTasks(() => props.filter);
  const rows = (): TaskRow[] => (hasLoaded(tasks) ? tasksOf(tasks.data) : []);
  const near = (by: 1 | -1): TaskRow | undefined => {
    const here = rows().findIndex((row) => row.number === props.current);
    return here === -1 ? (by === 1 ? rows()[0] : undefined) : rows()[here + by];
  };
  const go = (row: TaskRow | undefined) => row && navigate(ticketHref(row.number, props.filter));
  useKeys({ '[': () => go(near(-1)), ']': () => go(near(1)) });
  return (
    <section class="slim" aria-labelledby="slim-h">
      <header>
        <h2 id="slim-h">
          <A href={listHref(props.filter)}>{listName(props.filter.queue, rolesIn(me(), 'tts'))}</A>{' '}
          <Show when={hasLoaded(tasks) && totalOf(tasks.data)}>
            {(total) => (
              <span class="num">
                {total().count}
                {total().more ? '+' : ''}
              </span>
            )}
          </Show>
        </h2>
        <MoveButton label="Previous ticket" key="[" icon={ChevronUp} row={near(-1)} onGo={go} />
        <MoveButton label="Next ticket" key="]" icon={ChevronDown} row={near(1)} onGo={go} />
      </header>
      <Loaded query={tasks} what="The list">
        {(data) => (
          <>
            <ul class="slim-list">
              <For each={tasksOf(data())}>
                {(row) => (
                  <SlimRow
                    row={row}
                    href={ticketHref(row.number, props.filter)}
                    current={row.number === props.current}
                  />
                )}
              </For>
            </ul>
            <Show when={tasksOf(data()).length === 0}>
              <p class="nothing">
                {isNarrowed(props.filter) ? 'No ticket matches the filters.' : 'Nothing else is here.'}
              </p>
            </Show>
          </>
        )}
      </Loaded>
    </section>
  );
};

interface MoveButtonProps {
  label: string;
  key: string;
  icon: typeof ChevronUp;
  row: TaskRow | undefined;
  onGo: (row: TaskRow | undefined) => void;
}

const MoveButton = (props: MoveButtonProps) => (
  <Button
    kind="quiet"
    size="small"
    square
    icon={props.icon}
    label={props.label}
    title={`${props.label}, key ${props.key}`}
    disabled={props.row === undefined}
    onClick={() => props.onGo(props.row)}
  />
);

const SlimRow = (props: { row: TaskRow; href: string; current: boolean }) => {
  let link: HTMLAnchorElement | undefined;
  onMount(() => props.current && link?.scrollIntoView({ block: 'nearest' }));
  return (
    <li>
      <a href={props.href} ref={link} aria-current={props.current ? 'page' : undefined}>
        <Priority of={props.row.priority} dense />
        <span class="name truncate">{props.row.subject}</span>
        <span class="meta truncate">
          {shortNumber(props.row.number)} · {props.row.requester.name}
        </span>
        <span class="clock">
          <Due task={props.row} />
        </span>
      </a>
    </li>
  );
};
