import { A } from '@solidjs/router';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import { type Accessor, createEffect, createSignal, onMount, Show } from 'solid-js';
import type { TicketRow, TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { Conversation } from '../conversation/conversation.tsx';
import { hasFormFacts } from '../lib/form-facts.ts';
import { hasLoaded } from '../lib/has-loaded.ts';
import { categoryWords, firstName } from '../lib/labels.ts';
import { shortNumber } from '../lib/ticket-number.ts';
import { useTicket } from '../lib/tickets.data.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Card } from '../ui/card.tsx';
import { FormFacts } from '../ui/form-facts.tsx';
import { Icon } from '../ui/icon.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { LongText } from '../ui/long-text.tsx';
import { Status } from '../ui/status.tsx';
import { TicketNumber } from '../ui/ticket-number.tsx';
import { Time } from '../ui/time.tsx';
import { Title } from '../ui/title.tsx';
import { ReviewForm } from './review-form.tsx';
import { ReviewOutcome } from './review-outcome.tsx';

interface PaneProps {
  number: string;
  /** The list without a ticket: for a window that shows only one of the two. */
  back: string;
  next: TicketRow | undefined;
  onDecided: (next: string | undefined) => void;
  /** The reader has just decided about another ticket, so the focus comes here. */
  takesFocus: boolean;
}

/** The ticket, and beside it the decision, or what became of it once that is made. */
export const TicketPane = (props: PaneProps) => {
  const ticket = useTicket(() => props.number);
  // A form that somebody began stays, whatever others do to the ticket meanwhile.
  const [isBegun, setBegun] = createSignal(false);
  const showsForm = (data: TicketView) => isBegun() || data.status === 'new';
  createEffect(() => {
    if (hasLoaded(ticket) && ticket.data.status === 'new') setBegun(true);
  });
  return (
    <Loaded query={ticket} what="The ticket" heading="h1">
      {(data) => (
        <>
          <Document ticket={data} back={props.back} takesFocus={props.takesFocus} />
          <Show when={showsForm(data())} fallback={<ReviewOutcome ticket={data()} />}>
            <ReviewForm ticket={data()} next={props.next} onDecided={props.onDecided} onLeave={() => setBegun(false)} />
          </Show>
        </>
      )}
    </Loaded>
  );
};

const Document = (props: { ticket: Accessor<TicketView>; back: string; takesFocus: boolean }) => {
  let heading: HTMLHeadingElement | undefined;
  onMount(() => props.takesFocus && heading?.focus());
  const ticket = () => props.ticket();
  return (
    <article class="doc" tabindex="0" aria-labelledby="subject">
      <Title of={`${shortNumber(ticket().number)} ${ticket().subject}`} system="Help Desk" />
      <header>
        <A class="btn quiet square small back" href={props.back} aria-label="Back to the list" title="Back to the list">
          <Icon of={ArrowLeft} />
        </A>
        <TicketNumber of={ticket().number} />
        <h1 id="subject" tabindex="-1" ref={heading}>
          {ticket().subject}
        </h1>
        <span class="push">
          <Status of={ticket().status} />
        </span>
      </header>
      <div class="in">
        <section class="card" aria-label="What was sent">
          <header>
            <span class="person">
              <Avatar name={ticket().requester.name} large />
              <b>{ticket().requester.name}</b>
            </span>
            <small class="muted push">
              sent <Time at={ticket().submittedAt} />
            </small>
          </header>
          <div class="in body">
            <LongText text={ticket().description} />
          </div>
        </section>
        <Card
          title={`What ${firstName(ticket().requester.name)} filled in`}
          aside={<Badge>{categoryWords[ticket().category]}</Badge>}
        >
          <Show when={hasFormFacts(ticket())} fallback={<p class="muted">Nothing besides subject and description.</p>}>
            <FormFacts ticket={ticket()} />
          </Show>
        </Card>
        <section aria-labelledby="history">
          <h2 id="history">What has happened</h2>
          <Conversation ticket={ticket()} voice="agent" />
        </section>
      </div>
    </article>
  );
};
