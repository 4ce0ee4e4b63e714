import type { TicketView } from '../../../api/helpdesk/ticket.schema.ts';
import { Conversation } from '../../conversation/conversation.tsx';
import { clockOf, fullMoment } from '../../lib/time.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { BudgetItems } from '../../ui/budget-items.tsx';
import { LongText } from '../../ui/long-text.tsx';

/** What the requester wrote, what has happened since and what people have said. */
export const History = (props: { ticket: TicketView }) => (
  <section class="talk" aria-labelledby="history">
    <section class="history" tabindex="0" aria-label="Timeline">
      <h2 id="history">History</h2>
      <Conversation ticket={props.ticket} voice="agent" request={() => <Request ticket={props.ticket} />} />
    </section>
  </section>
);

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
