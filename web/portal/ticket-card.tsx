import { A, useNavigate } from '@solidjs/router';
import { Show } from 'solid-js';
import type { TicketRow } from '../../api/helpdesk/ticket.schema.ts';
import { useSigned } from '../account/gate.tsx';
import { shortNumber } from '../lib/ticket-number.ts';
import { useTicketCommand } from '../lib/tickets.data.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Refused } from '../ui/refused.tsx';
import { Status } from '../ui/status.tsx';
import { SmallStepBar } from '../ui/step-bar.tsx';
import { TicketNumber } from '../ui/ticket-number.tsx';
import { Time } from '../ui/time.tsx';
import { toast } from '../ui/toast.tsx';
import { categoryCards } from './category-cards.tsx';
import { nextSentence, requestStepAt, requestStepNames } from './request-steps.ts';

export const ticketPath = (number: string): string => `/help/tickets/${number}`;

/** A ticket as its requester sees it, torn at the number. It has a clear edge when it waits for the requester. */
export const TicketCard = (props: { ticket: TicketRow }) => {
  const place = () => requestStepAt(props.ticket.status);
  return (
    <li class="stub" classList={{ yours: props.ticket.status === 'resolved' }}>
      <div class="tear">
        <Icon of={categoryCards[props.ticket.category].icon} big />
        <TicketNumber of={props.ticket.number} />
      </div>
      <div class="tale">
        <h3>
          <A href={ticketPath(props.ticket.number)}>{props.ticket.subject}</A>
        </h3>
        <div class="state">
          <Show when={place() !== null}>
            <SmallStepBar steps={requestStepNames} at={place()} />
          </Show>
          <Status of={props.ticket.status} plain />
          <span class="subtle">
            <Time at={props.ticket.changedAt} />
          </span>
        </div>
        <p class="next">{nextSentence(props.ticket)}</p>
        <Show when={props.ticket.status === 'resolved'}>
          <Confirm ticket={props.ticket} />
        </Show>
      </div>
    </li>
  );
};

const Confirm = (props: { ticket: TicketRow }) => {
  const me = useSigned();
  const navigate = useNavigate();
  const command = useTicketCommand((ticket) => toast(`${shortNumber(ticket.number)} is closed`));
  const close = () =>
    command.mutate({ number: props.ticket.number, command: 'close', body: { version: props.ticket.version } });
  return (
    <>
      <Show when={command.isError}>
        <Refused error={command.error} voice="requester" me={me().user.id} />
      </Show>
      <div class="row-x go">
        <Button kind="primary" size="small" busy={command.isPending} onClick={close}>
          Yes, it is done
        </Button>
        <Button size="small" onClick={() => navigate(ticketPath(props.ticket.number))}>
          Look at it first
        </Button>
      </div>
    </>
  );
};
