import { Show } from 'solid-js';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { onMoment } from '../lib/time.ts';
import { Banner } from '../ui/banner.tsx';

/** What matters most about the ticket: that it waits for the requester, or why it is over. */
export const TicketBanner = (props: { ticket: TicketView }) => (
  <>
    <Show when={props.ticket.status === 'resolved'}>
      <Banner tone="good">
        <p>
          <b>It is done, we think. Is it?</b>
        </p>
        <Show when={props.ticket.closesAt}>
          {(closesAt) => <p>If you say nothing, we close this ticket {onMoment(closesAt())}.</p>}
        </Show>
      </Banner>
    </Show>
    <Show when={props.ticket.status === 'rejected'}>
      <Banner tone="bad">
        <p>
          <b>We did not take this on.</b> {props.ticket.reason}
        </p>
      </Banner>
    </Show>
    <Show when={props.ticket.status === 'withdrawn' && props.ticket.reason}>
      <Banner tone="info">
        <p>
          <b>You withdrew this.</b> {props.ticket.reason}
        </p>
      </Banner>
    </Show>
  </>
);
