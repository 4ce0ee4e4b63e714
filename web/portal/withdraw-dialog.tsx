import { createSignal, createUniqueId, Show } from 'solid-js';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { lengthOf, noteLimits } from '../../api/http/written-text.ts';
import { useSigned } from '../account/gate.tsx';
import { createKeptText } from '../lib/create-kept-text.ts';
import { isProblem } from '../lib/problem.ts';
import { reasonError } from '../lib/reason-error.ts';
import { useTicketCommand } from '../lib/tickets.data.ts';
import { whyBlocked } from '../lib/why-blocked.ts';
import { Button, Why } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea } from '../ui/field.tsx';
import { Meanwhile, versionWhenOpened } from '../ui/meanwhile.tsx';
import { Refused } from '../ui/refused.tsx';
import { toast } from '../ui/toast.tsx';

interface WithdrawProps {
  ticket: TicketView;
  open: boolean;
  onClose: () => void;
}

/** Asks before withdrawing, which cannot be undone, and for a reason that the team reads. */
export const WithdrawDialog = (props: WithdrawProps) => {
  const me = useSigned();
  const command = useTicketCommand(() => {
    written.clear();
    props.onClose();
    toast('The ticket is withdrawn');
  });
  const formId = createUniqueId();
  const written = createKeptText(`withdraw:${props.ticket.number}`);
  const reason = written.text;
  const [tried, setTried] = createSignal(false);
  const whyId = createUniqueId();
  // Since the dialog was opened; the page behind it may know more already.
  const since = versionWhenOpened(
    () => props.open,
    () => props.ticket.version,
  );
  const isNew = () => props.ticket.version > since() && !command.isPending;
  const why = () => (isNew() ? whyBlocked(props.ticket.actions.withdraw) : null);
  const submit = () => {
    setTried(true);
    if (reasonError(reason()) || why() || command.isPending) return;
    const { number, version } = props.ticket;
    command.mutate({ number, command: 'withdraw', body: { version, reason: reason() } });
  };
  return (
    <Dialog
      open={props.open}
      title="Withdraw the ticket"
      formId={formId}
      onSubmit={submit}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>Keep it</Button>
          <Button
            type="submit"
            form={formId}
            kind="danger"
            busy={command.isPending}
            blockedBy={why() ? whyId : undefined}
          >
            Withdraw
          </Button>
        </>
      }
    >
      <p class="muted">Work on it stops, and whoever has it is notified. This cannot be undone.</p>
      <Show when={isNew() && !isProblem(command.error, 'version_conflict')}>
        <Meanwhile timeline={props.ticket.timeline} since={since()} voice="requester" me={me().user.id}>
          What you have written stays here.
        </Meanwhile>
      </Show>
      <Show when={command.error && !command.isPending}>
        <Refused error={command.error} voice="requester" me={me().user.id} />
      </Show>
      <TextArea
        label="Why?"
        name="reason"
        rows={3}
        value={reason()}
        error={tried() ? reasonError(reason()) : undefined}
        count={{ used: lengthOf(reason()), of: noteLimits.max }}
        onInput={(event) => written.write(event.currentTarget.value)}
      />
      <Show when={why()}>{(sentence) => <Why id={whyId}>{sentence()}</Why>}</Show>
    </Dialog>
  );
};
