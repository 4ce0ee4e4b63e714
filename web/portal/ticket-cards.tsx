import { For, Show } from 'solid-js';
import type { TicketRow } from '../../api/helpdesk/ticket.schema.ts';
import type { Tickets } from '../lib/tickets.data.ts';
import { ShowMore } from '../ui/show-more.tsx';
import { TicketCard } from './ticket-card.tsx';

interface TicketCardsProps {
  rows: TicketRow[];
  list: Tickets;
}

export const TicketCards = (props: TicketCardsProps) => (
  <>
    <ul class="stack">
      <For each={props.rows}>{(ticket) => <TicketCard ticket={ticket} />}</For>
    </ul>
    <Show when={props.list.hasNextPage}>
      <p class="more">
        <ShowMore list={props.list} small={false} />
      </p>
    </Show>
  </>
);
