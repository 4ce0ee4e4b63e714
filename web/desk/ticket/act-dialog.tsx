import ArrowRight from 'lucide-solid/icons/arrow-right';
import CornerUpLeft from 'lucide-solid/icons/corner-up-left';
import ScrollText from 'lucide-solid/icons/scroll-text';
import { createEffect, createSignal, createUniqueId, on, Show } from 'solid-js';
import type { TaskAction } from '../../../api/tracking/task.schema.ts';
import { useSigned } from '../../account/gate.tsx';
import type { KeptText } from '../../lib/create-kept-text.ts';
import { isProblem } from '../../lib/problem.ts';
import { reasonError } from '../../lib/reason-error.ts';
import { commandOf } from '../../lib/send-command.ts';
import { shortNumber } from '../../lib/ticket-number.ts';
import { whyBlocked } from '../../lib/why-blocked.ts';
import { Button, Why } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Meanwhile, versionWhenOpened } from '../../ui/meanwhile.tsx';
import { Refused } from '../../ui/refused.tsx';
import { toast } from '../../ui/toast.tsx';
import { type TaskPage, useTaskCommand } from '../tasks.data.ts';
import { noteReaders, outcomeWords } from './task-page-words.ts';
import type { GoOn } from './use-go-on.ts';

const missing = 'Say in a sentence what you did or why.';

interface ActDialogProps {
  task: TaskPage;
  /** The action whose dialog is open; null for none. */
  actionKey: string | null;
  note: KeptText;
  goOn: GoOn;
  onClose: () => void;
}

/** Says what an action does and asks for the note. The note is kept, whatever happens to the ticket meanwhile. */
export const ActDialog = (props: ActDialogProps) => {
  const me = useSigned();
  const command = useTaskCommand();
  let field: HTMLTextAreaElement | undefined;
  const formId = createUniqueId();
  const whyId = createUniqueId();
  const typed = () => props.note.text();
  const [tried, setTried] = createSignal(false);
  // The dialog outlives its action: somebody else can move the ticket while the note is written.
  const [action, setAction] = createSignal<TaskAction | null>(null);
  const current = () => props.task.actions.find(({ key }) => key === props.actionKey);
  createEffect(() => {
    const found = current();
    if (found) setAction(found);
  });
  createEffect(
    on(
      () => props.actionKey,
      () => setTried(false),
      { defer: true },
    ),
  );
  const since = versionWhenOpened(
    () => props.actionKey,
    () => props.task.version,
  );
  const hasMoved = () => props.task.version > since() && !command.isPending;
  const why = (): string | null => {
    if (props.actionKey === null || command.isPending) return null;
    const found = current();
    if (!found) return 'The ticket has moved on, and this action with it. Your note is kept until you leave the page.';
    return whyBlocked(found);
  };
  const isNeeded = () => typed().trim() !== '' || action()?.note === 'required';
  const error = () => (isNeeded() ? reasonError(typed(), missing) : undefined);
  const close = () => {
    command.reset();
    props.onClose();
  };
  const submit = () => {
    setTried(true);
    if (error()) field?.focus();
    const chosen = current();
    if (!chosen || error() || why() || command.isPending) return;
    const { number, version } = props.task;
    const leave = props.goOn(number);
    const done = (view: TaskPage | null) => {
      toast(outcomeWords(number, view, me().user.id));
      props.note.clear();
      close();
      leave();
    };
    command.mutate(commandOf(number, version, chosen, typed().trim()), { onSuccess: done });
  };
  const isBack = () => action()?.direction === 'back';
  return (
    <Dialog
      open={props.actionKey !== null && action() !== null}
      title={`${action()?.name} ${shortNumber(props.task.number)}`}
      formId={formId}
      onSubmit={submit}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            kind={isBack() ? 'danger' : 'primary'}
            busy={command.isPending}
            blockedBy={why() === null ? undefined : whyId}
          >
            {action()?.name}
          </Button>
        </>
      }
    >
      <ul class="facts">
        <li>
          <Icon of={isBack() ? CornerUpLeft : ArrowRight} />
          <span>{action()?.leadsTo}</span>
        </li>
        <li>
          <Icon of={ScrollText} />
          <span>{noteReaders(action() ?? { noteFor: 'staff' }, props.task.requester.name)}</span>
        </li>
      </ul>
      <Show when={hasMoved() && !isProblem(command.error, 'version_conflict')}>
        <Meanwhile timeline={props.task.ticket.timeline} since={since()} voice="agent" me={me().user.id}>
          What you have written stays here.
        </Meanwhile>
      </Show>
      <Show when={command.error && !command.isPending}>
        <Refused error={command.error} voice="agent" me={me().user.id} />
      </Show>
      <TextArea
        label={isBack() ? 'What is missing?' : 'Note'}
        name="note"
        ref={field}
        rows={4}
        optional={action()?.note === 'optional'}
        value={typed()}
        error={tried() ? error() : undefined}
        count={{ used: [...typed().trim()].length, of: 500 }}
        onInput={(event) => props.note.write(event.currentTarget.value)}
      />
      <Show when={why()}>{(sentence) => <Why id={whyId}>{sentence()}</Why>}</Show>
    </Dialog>
  );
};
