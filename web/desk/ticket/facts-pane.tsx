import { For, Show } from 'solid-js';
import type { Category } from '../../../workflows/ticket/rules/words.ts';
import { useSigned } from '../../account/gate.tsx';
import { formFacts } from '../../lib/form-facts.ts';
import { categoryWords, departmentWords } from '../../lib/labels.ts';
import { fullMoment, now, shortMoment } from '../../lib/time.ts';
import { Person } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { serialOf } from '../../ui/form-facts.tsx';
import { Status } from '../../ui/status.tsx';
import { TemporalLink } from '../../ui/temporal-link.tsx';
import { Time } from '../../ui/time.tsx';
import { isOver } from '../task-row-words.ts';
import type { TaskPage } from '../tasks.data.ts';
import { upcomingOf } from './task-page-words.ts';

const formNames: Record<Category, string> = {
  it_support: 'Support',
  asset_check_in: 'Device',
  asset_check_out: 'Device',
  budget_proposal: 'Budget',
  general_request: 'Request',
};

/** What comes next, and what is known about the ticket. */
export const FactsPane = (props: { task: TaskPage }) => {
  const facts = () => formFacts(props.task.ticket);
  return (
    <aside class="facts-pane" tabindex="0" aria-label="About this ticket">
      <section>
        <h2>What happens next</h2>
        <Next next={upcomingOf(props.task, props.task.ticket.closesAt)} />
        <Show when={props.task.workflowUrl}>{(url) => <WorkflowLink href={url()} />}</Show>
      </section>
      <section>
        <h2>Ticket</h2>
        <TicketFacts task={props.task} />
      </section>
      <Show when={facts().length > 0}>
        <section>
          <h2>{formNames[props.task.category]}</h2>
          <FactList of={facts().map(([name, value]) => [name, serialOf(name, value)] as const)} />
        </section>
      </Show>
    </aside>
  );
};

/** What comes by itself or by the next action, with its time in front. */
const Next = (props: { next: TaskPage['next'] }) => (
  <Show when={props.next.length > 0} fallback={<p class="muted said">Nothing more. The ticket is over.</p>}>
    <ul class="timers">
      <For each={props.next}>
        {(step) => (
          <li>
            <Show when={step.at} fallback={<span class="muted">then</span>}>
              {(at) => (
                <time datetime={at()} title={fullMoment(at())}>
                  {shortMoment(at(), now())}
                </time>
              )}
            </Show>
            <span>
              {step.what}
              <small>{step.detail}</small>
            </span>
          </li>
        )}
      </For>
    </ul>
  </Show>
);

export const WorkflowLink = (props: { href: string }) => (
  <p class="workflow-link">
    <TemporalLink href={props.href} />
  </p>
);

const TicketFacts = (props: { task: TaskPage }) => {
  const me = useSigned();
  const task = () => props.task;
  return (
    <FactList
      of={[
        ['Status', <Status of={task().status} />],
        [
          'Assignee',
          isOver(task()) ? null : (
            <Person name={task().assignee?.name ?? null} me={task().assignee?.id === me().user.id} />
          ),
        ],
        ['Role', task().role],
        ['Requester', task().requester.name],
        ['Department', departmentWords[task().department]],
        ['Category', categoryWords[task().category]],
        ['Sent', <Time at={task().submittedAt} />],
        ['Closed', task().ticket.closedAt && <Time at={task().ticket.closedAt ?? ''} />],
        ['Reason', task().ticket.reason],
        [
          'Workflow',
          task().workflow && (
            <>
              {task().workflow?.name} <Badge>v{task().workflow?.version}</Badge>
            </>
          ),
        ],
      ]}
    />
  );
};
