import { createSignal, createUniqueId, Show } from 'solid-js';
import type { TaskRow } from '../../api/tracking/task.schema.ts';
import { useSigned } from '../account/gate.tsx';
import { hasLoaded } from '../lib/has-loaded.ts';
import { categoryWords } from '../lib/labels.ts';
import { shortNumber } from '../lib/ticket-number.ts';
import { Badge } from '../ui/badge.tsx';
import { Blank } from '../ui/blank.tsx';
import { Button, Why } from '../ui/button.tsx';
import { Choices } from '../ui/choices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Meanwhile, versionWhenOpened } from '../ui/meanwhile.tsx';
import { Refused } from '../ui/refused.tsx';
import { toast } from '../ui/toast.tsx';
import { type TaskPage, useTask, useTaskCommand } from './tasks.data.ts';
import { outcomeWords } from './ticket/task-page-words.ts';
import type { GoOn } from './ticket/use-go-on.ts';
import { type DefinitionRow, useWorkflows } from './workflows.data.ts';

interface RouteDialogProps {
  task: Pick<TaskRow, 'number' | 'subject' | 'category' | 'version'>;
  open: boolean;
  /** Where to go afterwards; left out on a page that stays. */
  goOn?: GoOn;
  onClose: () => void;
}

/** "Asset Manager or Budget Manager": whose step it is, where that depends on the department. */
export const ownersOf = (step: DefinitionRow['steps'][number]): string =>
  step.roles.map(({ name }) => name).join(' or ');

/** "Triage by Admin, Resolve by Asset Manager". */
export const stepsWords = (workflow: DefinitionRow): string =>
  workflow.steps.map((step) => `${step.name} by ${ownersOf(step)}`).join(', ');

/** Workflows that are made for the ticket's category come first. */
export const likeliestFirst = (workflows: DefinitionRow[], category: TaskRow['category']): DefinitionRow[] =>
  [...workflows].sort(
    (a, b) => Number(b.category === category) - Number(a.category === category) || a.name.localeCompare(b.name),
  );

/** An admin's choice for a ticket that no workflow fits. */
export const RouteDialog = (props: RouteDialogProps) => {
  const me = useSigned();
  const workflows = useWorkflows(() => props.open);
  const command = useTaskCommand();
  // The list from which the dialog was opened may not know any more what happens to its ticket.
  const task = useTask(
    () => props.task.number,
    () => props.open,
  );
  const now = () => (hasLoaded(task) ? task.data : null);
  const since = versionWhenOpened(
    () => props.open,
    () => props.task.version,
  );
  const isRouted = () => now() !== null && now()?.state !== 'unrouted' && !command.isPending && !command.isSuccess;
  const whyId = createUniqueId();
  let list: HTMLDivElement | undefined;
  const formId = createUniqueId();
  const [chosen, setChosen] = createSignal<string | null>(null);
  const [tried, setTried] = createSignal(false);
  const close = () => {
    command.reset();
    setTried(false);
    props.onClose();
  };
  const submit = () => {
    setTried(true);
    const workflowVersionId = Number(offered());
    if (!workflowVersionId) list?.querySelector('.error')?.scrollIntoView({ block: 'center' });
    if (!workflowVersionId || isRouted() || command.isPending) return;
    const { number, version } = props.task;
    const leave = props.goOn?.(number);
    const done = (view: TaskPage | null) => {
      toast(outcomeWords(number, view, me().user.id));
      close();
      leave?.();
    };
    command.mutate({ number, command: 'route', body: { version, workflowVersionId } }, { onSuccess: done });
  };
  /** What is chosen, while it is still offered: another version may be published meanwhile. */
  const offered = () =>
    hasLoaded(workflows) && workflows.data.items.some(({ versionId }) => String(versionId) === chosen())
      ? chosen()
      : null;
  const options = (items: DefinitionRow[]) =>
    likeliestFirst(items, props.task.category).map((workflow) => ({
      value: String(workflow.versionId),
      label: (
        <>
          {workflow.name} <Badge>v{workflow.version}</Badge>
          <br />
          <small>{stepsWords(workflow)}</small>
        </>
      ),
    }));
  return (
    <Dialog
      open={props.open}
      title={`Choose a workflow for ${shortNumber(props.task.number)}`}
      formId={formId}
      onSubmit={submit}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            kind="primary"
            busy={command.isPending}
            blockedBy={isRouted() ? whyId : undefined}
          >
            Send to its first step
          </Button>
        </>
      }
    >
      <p class="muted">
        {categoryWords[props.task.category]}: “{props.task.subject}”. It follows the version that is published now, and
        goes to a member of the first role in turn.
      </p>
      <Show when={isRouted() && now()}>
        {(page) => (
          <>
            <Meanwhile timeline={page().ticket.timeline} since={since()} voice="agent" me={me().user.id}>
              Your choice was not sent.
            </Meanwhile>
            <Why id={whyId}>It has a workflow already, or is over.</Why>
          </>
        )}
      </Show>
      <Show when={command.error && !command.isPending && !isRouted()}>
        <Refused error={command.error} voice="agent" me={me().user.id} />
      </Show>
      <Show when={props.open}>
        <Loaded query={workflows} what="The workflows">
          {(data) => (
            <Show
              when={data().items.length > 0}
              fallback={<Blank title="No workflow is published">Publish one first, then choose it here.</Blank>}
            >
              <div ref={list}>
                <Choices
                  legend="Workflow"
                  name="workflow"
                  value={offered()}
                  options={options(data().items)}
                  error={tried() && offered() === null ? 'Choose a workflow.' : undefined}
                  onChange={setChosen}
                />
              </div>
            </Show>
          )}
        </Loaded>
      </Show>
    </Dialog>
  );
};
