import { Show } from 'solid-js';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { departmentWords } from '../lib/labels.ts';
import { Person } from '../ui/avatar.tsx';
import { FactList } from '../ui/fact-list.tsx';
import { Priority } from '../ui/priority.tsx';
import { Status } from '../ui/status.tsx';
import { SmallStepBar } from '../ui/step-bar.tsx';
import { TemporalLink } from '../ui/temporal-link.tsx';
import { Time } from '../ui/time.tsx';

/** What became of a ticket after its review, when there is nothing left to decide. */
export const ReviewOutcome = (props: { ticket: TicketView }) => (
  <aside class="decision" aria-label="Where it stands">
    <div class="decide">
      <h2>Where it stands</h2>
    </div>
    <div class="in">
      <FactList of={facts(props.ticket)} />
      <Show when={props.ticket.workflowUrl}>
        {(url) => (
          <p>
            <TemporalLink href={url()} />
          </p>
        )}
      </Show>
    </div>
  </aside>
);

const facts = (ticket: TicketView) =>
  [
    ['Status', <Status of={ticket.status} />],
    ['Why', ticket.reason],
    ['Step', stepOf(ticket)],
    ['Assignee', ticket.assignee && <Person name={ticket.assignee.name} none={`Waits for ${ticket.assignee.role}`} />],
    ['Role', ticket.assignee?.role],
    ['Due', ticket.assignee && <Time at={ticket.assignee.dueAt} as="moment" />],
    ['Priority', ticket.priority && <Priority of={ticket.priority} />],
    ['Department', ticket.department && departmentWords[ticket.department]],
    ['Resolved', ticket.resolvedAt && <Time at={ticket.resolvedAt} as="moment" />],
    [
      'Closes by itself',
      ticket.status === 'resolved' && ticket.closesAt ? <Time at={ticket.closesAt} as="moment" /> : null,
    ],
    ['Closed', ticket.closedAt && <Time at={ticket.closedAt} as="moment" />],
  ] as const;

const stepOf = (ticket: TicketView) => {
  const { steps, at } = ticket.progress;
  if (at === null || steps.length === 0) return null;
  return (
    <span class="row-x">
      <SmallStepBar steps={steps} at={at} />
      {steps[at]}
    </span>
  );
};
