import { useParams } from '@solidjs/router';
import { type Accessor, createSignal, Show } from 'solid-js';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { finalStatuses } from '../../workflows/ticket/rules/words.ts';
import { useSigned } from '../account/gate.tsx';
import { Conversation } from '../conversation/conversation.tsx';
import { hasFormFacts } from '../lib/form-facts.ts';
import { categoryWords } from '../lib/labels.ts';
import { shortNumber } from '../lib/ticket-number.ts';
import { useTicket, useTicketCommand } from '../lib/tickets.data.ts';
import { whyBlocked } from '../lib/why-blocked.ts';
import { ActionButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { FormFacts } from '../ui/form-facts.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { LongText } from '../ui/long-text.tsx';
import { Refused } from '../ui/refused.tsx';
import { Status } from '../ui/status.tsx';
import { TicketNumber } from '../ui/ticket-number.tsx';
import { Time } from '../ui/time.tsx';
import { Title } from '../ui/title.tsx';
import { toast } from '../ui/toast.tsx';
import { Crumbs } from './crumbs.tsx';
import { requestStepsOf } from './request-steps.ts';
import { TicketBanner } from './ticket-banner.tsx';
import { UprightStepBar } from './upright-step-bar.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';
import './ticket.css';

export default function TicketPage() {
  const params = useParams<{ number: string }>();
  const ticket = useTicket(() => params.number);
  return (
    <div class="wrap page">
      <Title of={`Ticket ${shortNumber(params.number)}`} system="Help Desk" />
      <Crumbs
        parents={[
          ['Home', '/help'],
          ['My tickets', '/help/tickets'],
        ]}
        here={shortNumber(params.number)}
      />
      <Loaded query={ticket} what="The ticket" heading="h1">
        {(data) => (
          // Made anew for each ticket, so that nothing written about one is sent about another.
          <Show when={data().number} keyed>
            <OwnTicket ticket={data} />
          </Show>
        )}
      </Loaded>
    </div>
  );
}

const OwnTicket = (props: { ticket: Accessor<TicketView> }) => {
  const ticket = () => props.ticket();
  const steps = () => requestStepsOf(ticket());
  const [isWithdrawing, setWithdrawing] = createSignal(false);
  const isOver = () => finalStatuses.some((status) => status === ticket().status);
  return (
    <>
      <Title of={`${shortNumber(ticket().number)} ${ticket().subject}`} system="Help Desk" />
      <header class="page-head">
        <h1>{ticket().subject}</h1>
        <p class="state">
          <TicketNumber of={ticket().number} />
          <Status of={ticket().status} plain />
          <span class="subtle">
            <Time at={ticket().changedAt} />
          </span>
        </p>
      </header>
      <div class="two">
        <div class="stack">
          <Answer ticket={ticket()} />
          <Card title="What you sent" aside={<span class="badge">{categoryWords[ticket().category]}</span>}>
            <div class="stack">
              <LongText text={ticket().description} />
              <Show when={hasFormFacts(ticket())}>
                <FormFacts ticket={ticket()} />
              </Show>
            </div>
          </Card>
          <section aria-labelledby="history">
            <h2 id="history">What has happened</h2>
            <Conversation ticket={ticket()} voice="requester" />
          </section>
        </div>
        <Show when={steps().length > 0}>
          <aside class="stack" aria-label="Steps of the ticket">
            <Card title={ticket().status === 'closed' ? 'How it went' : 'What happens next'}>
              <UprightStepBar steps={steps()} />
            </Card>
            <Show when={!isOver()}>
              <Withdraw ticket={ticket()} onAsk={() => setWithdrawing(true)} />
            </Show>
          </aside>
        </Show>
      </div>
      {/* Apart from its button, which goes when the ticket is over: what is written in it must not go with it. */}
      <WithdrawDialog ticket={ticket()} open={isWithdrawing()} onClose={() => setWithdrawing(false)} />
    </>
  );
};

/** Whether it is done: the question to the requester, and why the last attempt was refused. */
const Answer = (props: { ticket: TicketView }) => {
  const me = useSigned();
  const command = useTicketCommand(() => toast('The ticket is closed'));
  const close = () =>
    command.mutate({ number: props.ticket.number, command: 'close', body: { version: props.ticket.version } });
  return (
    <>
      <Show when={command.error && !command.isPending}>
        <Refused error={command.error} voice="requester" me={me().user.id} />
      </Show>
      <div data-lands tabindex="-1">
        <TicketBanner ticket={props.ticket} />
      </div>
      <Show when={props.ticket.status === 'resolved'}>
        <ActionButton
          kind="primary"
          busy={command.isPending}
          why={whyBlocked(props.ticket.actions.close)}
          onClick={close}
        >
          Yes, it is done
        </ActionButton>
      </Show>
    </>
  );
};

const Withdraw = (props: { ticket: TicketView; onAsk: () => void }) => (
  <div class="second">
    <p class="muted">You do not need it any more?</p>
    <ActionButton kind="danger" size="small" why={whyBlocked(props.ticket.actions.withdraw)} onClick={props.onAsk}>
      Withdraw the ticket
    </ActionButton>
  </div>
);
