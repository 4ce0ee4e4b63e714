import Bell from 'lucide-solid/icons/bell';
import Check from 'lucide-solid/icons/check';
import Route from 'lucide-solid/icons/route';
import X from 'lucide-solid/icons/x';
import { createSignal, Show } from 'solid-js';
import type { TicketRow, TicketView } from '../../api/helpdesk/ticket.schema.ts';
import {
  type Department,
  departments,
  type Priority as PriorityCode,
  priorities,
} from '../../workflows/ticket/rules/words.ts';
import { useSigned } from '../account/gate.tsx';
import { createKeptText } from '../lib/create-kept-text.ts';
import { categoryWords, departmentWords, firstName, usualDepartment } from '../lib/labels.ts';
import { reasonError } from '../lib/reason-error.ts';
import { shortNumber } from '../lib/ticket-number.ts';
import { useTicketCommand } from '../lib/tickets.data.ts';
import { whyBlocked } from '../lib/why-blocked.ts';
import { Button, Why } from '../ui/button.tsx';
import { Choices } from '../ui/choices.tsx';
import { Select, TextArea } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Meanwhile } from '../ui/meanwhile.tsx';
import { Priority } from '../ui/priority.tsx';
import { Refused } from '../ui/refused.tsx';
import { Segments } from '../ui/segments.tsx';
import { toast } from '../ui/toast.tsx';

interface ReviewFormProps {
  ticket: TicketView;
  next: TicketRow | undefined;
  onDecided: (next: string | undefined) => void;
  /** Somebody else decided, and the reader has seen it. */
  onLeave: () => void;
}

type Decision = 'open' | 'reject';

const isDepartment = (value: string): value is Department => departments.some((known) => known === value);

/**
 * Open with priority and department, or reject with a reason. When somebody else decides meanwhile, the form stays with what
 * is written in it, says who did what, and sends nothing any more.
 */
export const ReviewForm = (props: ReviewFormProps) => {
  const me = useSigned();
  const written = createKeptText(`review:${props.ticket.number}`);
  const reason = written.text;
  const since = props.ticket.version;
  const command = useTicketCommand((ticket) => {
    written.clear();
    toast(`${shortNumber(ticket.number)} is ${decision() === 'open' ? 'open' : 'rejected'}`);
    props.onDecided(props.next?.number);
  });
  const [decision, setDecision] = createSignal<Decision>(reason() === '' ? 'open' : 'reject');
  const [priority, setPriority] = createSignal<PriorityCode | null>(null);
  const [department, setDepartment] = createSignal<Department>(usualDepartment[props.ticket.category]);
  const [tried, setTried] = createSignal(false);
  const name = () => firstName(props.ticket.requester.name);
  const action = () => props.ticket.actions[decision()];
  /** By somebody else, or by the same person in another tab. */
  const isDecided = () => props.ticket.status !== 'new' && !command.isPending && !command.isSuccess;
  const blocked = () => (isDecided() ? 'It is decided already.' : whyBlocked(action()));
  const chosenCommand = () => {
    const { number, version } = props.ticket;
    const chosen = priority();
    if (decision() === 'reject')
      return reasonError(reason())
        ? null
        : ({ number, command: 'reject', body: { version, reason: reason() } } as const);
    return (
      chosen && ({ number, command: 'open', body: { version, priority: chosen, department: department() } } as const)
    );
  };
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    const input = chosenCommand();
    if (!input || blocked() !== null || command.isPending) return;
    command.mutate(input);
  };
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <form class="decision" aria-label="Decision" novalidate onSubmit={submit} onKeyDown={submitByKey}>
      <div class="decide">
        <Segments
          legend="Decision"
          value={decision()}
          options={[
            { value: 'open', label: 'Open', icon: Check },
            { value: 'reject', label: 'Reject', icon: X },
          ]}
          onChange={setDecision}
        />
      </div>
      <div class="in">
        <Show when={isDecided()}>
          <Meanwhile timeline={props.ticket.timeline} since={since} voice="agent" me={me().user.id}>
            Your decision was not sent.{' '}
            <Show when={reason() !== ''}>What you have written stays here until you go on, so you can copy it. </Show>
            <button type="button" class="linklike" onClick={props.onLeave}>
              See where it stands
            </button>
          </Meanwhile>
        </Show>
        <Show when={command.error && !command.isPending && !isDecided()}>
          <Refused error={command.error} voice="agent" me={me().user.id} />
        </Show>
        <Show
          when={decision() === 'open'}
          fallback={
            <TextArea
              label={`What ${name()} reads`}
              name="reason"
              rows={5}
              hint="Say what to do next. It is shown here and sent by e-mail."
              value={reason()}
              error={tried() ? reasonError(reason()) : undefined}
              count={{ used: [...reason().trim()].length, of: 500 }}
              onInput={(event) => written.write(event.currentTarget.value)}
            />
          }
        >
          <Choices
            legend="Priority"
            class="four"
            value={priority()}
            error={tried() && priority() === null ? 'Choose a priority.' : undefined}
            options={priorities.map((value) => ({ value, label: <Priority of={value} /> }))}
            onChange={setPriority}
          />
          <Select
            label="Department"
            value={department()}
            options={departments.map((value) => ({ value, label: departmentWords[value] }))}
            onChange={(value) => isDepartment(value) && setDepartment(value)}
          />
          <ul class="facts">
            <li>
              <Icon of={Route} />
              <span>
                It follows the workflow of {departmentWords[department()]} for {categoryWords[props.ticket.category]}
                <small>without one it waits for an Admin of Ticket Tracking, who chooses</small>
              </span>
            </li>
            <li>
              <Icon of={Bell} />
              <span>{name()} is notified, and so is whoever gets its first step</span>
            </li>
          </ul>
        </Show>
      </div>
      <footer>
        <Button
          type="submit"
          wide
          kind={decision() === 'open' ? 'primary' : 'danger'}
          busy={command.isPending}
          blockedBy={blocked() === null ? undefined : 'blocked'}
        >
          {decision() === 'open' ? 'Open the ticket' : `Reject and tell ${name()}`}
          <kbd class="only-wide">Ctrl ↵</kbd>
        </Button>
        <Show when={blocked()}>{(why) => <Why id="blocked">{why()}</Why>}</Show>
        <Show when={blocked() === null && props.next}>
          {(next) => <p class="then truncate">Then the next one: {next().subject}</p>}
        </Show>
      </footer>
    </form>
  );
};
