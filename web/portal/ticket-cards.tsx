import { For, Show } from 'solid-js';
import type { TicketRow } from '../../api/helpdesk/ticket.schema.ts';
import { Button } from '../ui/button.tsx';
import { TicketCard } from './ticket-card.tsx';

interface TicketCardsProps {
  rows: TicketRow[];
  more: boolean;
  busy: boolean;
  failed: boolean;
  onMore: () => void;
}

export const TicketCards = (props: TicketCardsProps) => (
  <>
    <ul class="stack">
      <For each={props.rows}>{(ticket) => <TicketCard ticket={ticket} />}</For>
    </ul>
    <Show when={props.more}>
      <p class="more">
        <Button busy={props.busy} onClick={props.onMore}>
          Show more
        </Button>
        <Show when={props.failed && !props.busy}>
          <span role="alert">The next tickets did not load. Those you see are still correct.</span>
        </Show>
      </p>
    </Show>
  </>
);
