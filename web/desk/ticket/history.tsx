import type { TicketView } from '../../../api/helpdesk/ticket.schema.ts';
import { useSigned } from '../../account/gate.tsx';
import { clockOf, fullMoment } from '../../lib/time.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { BudgetItems } from '../../ui/budget-items.tsx';
import { LongText } from '../../ui/long-text.tsx';
import { Timeline } from '../../ui/timeline.tsx';

/** What the requester wrote, and what has happened since. */
export const History = (props: { ticket: TicketView }) => {
  const me = useSigned();
  return (
    <section class="talk" aria-labelledby="history">
      <section class="history" tabindex="0" aria-label="Timeline">
        <h2 id="history">History</h2>
        <Timeline
          entries={props.ticket.timeline}
          voice="agent"
          me={me().user.id}
          request={() => <Request ticket={props.ticket} />}
        />
      </section>
    </section>
  );
};

const Request = (props: { ticket: TicketView }) => (
  <li class="msg public">
    <Avatar name={props.ticket.requester.name} large />
    <article aria-label={`What ${props.ticket.requester.name} asked`}>
      <header>
        <b>{props.ticket.requester.name}</b>
        <span class="muted">asked</span>
        <time datetime={props.ticket.submittedAt} title={fullMoment(props.ticket.submittedAt)}>
          {clockOf(props.ticket.submittedAt)}
        </time>
      </header>
      <div class="body">
        <LongText text={props.ticket.description} />
        <BudgetItems form={props.ticket.form} />
      </div>
    </article>
  </li>
);
