import RouteIcon from 'lucide-solid/icons/route';
import { createSignal, createUniqueId, For, onMount, Show } from 'solid-js';
import type { TaskAction } from '../../../api/tracking/task.schema.ts';
import { useSigned } from '../../account/gate.tsx';
import { createKeptText } from '../../lib/create-kept-text.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { commandOf } from '../../lib/send-command.ts';
import { hasRole } from '../../lib/session.ts';
import { fullMoment, now, shortMoment } from '../../lib/time.ts';
import { Button, Why } from '../../ui/button.tsx';
import { Refused } from '../../ui/refused.tsx';
import { StepBar } from '../../ui/step-bar.tsx';
import { toast } from '../../ui/toast.tsx';
import { Due } from '../due.tsx';
import { RouteDialog } from '../route-dialog.tsx';
import type { TaskFilter } from '../task-filter.ts';
import { runningDue } from '../task-row-words.ts';
import { type TaskPage, useTaskCommand } from '../tasks.data.ts';
import { VisitBadge } from '../visit-badge.tsx';
import { ActBar } from './act-bar.tsx';
import { ActButton } from './act-button.tsx';
import { ActDialog } from './act-dialog.tsx';
import { stepBarOf } from './step-bar-words.ts';
import {
  actionKeys,
  actionOfKey,
  actionsFor,
  isOneClick,
  mainAction,
  outcomeWords,
  reasonsOf,
  taskDetail,
  taskHeadline,
} from './task-page-words.ts';
import { arriveAtTicket, focusSubject, useGoOn } from './use-go-on.ts';

/** The step bar, who has the step, and the actions. On a phone the actions are at the foot of the page. */
export const TicketHead = (props: { task: TaskPage; filter: TaskFilter }) => {
  const me = useSigned();
  const command = useTaskCommand();
  const goOn = useGoOn(() => props.filter);
  onMount(arriveAtTicket);
  const note = createKeptText(`note:${props.task.number}`);
  const [openAction, setOpenAction] = createSignal<string | null>(null);
  const [routing, setRouting] = createSignal(false);
  const myId = () => me().user.id;
  const actions = () => actionsFor(props.task, myId());
  const act = (action: TaskAction) => {
    // Words that were written for it and kept must not be left behind.
    const hasNote = action.note !== 'none' && note.text().trim() !== '';
    if (hasNote || !isOneClick(action)) setOpenAction(action.key);
    else if (!command.isPending) send(action);
  };
  // Whoever takes a step over wants to work on it, so the page stays.
  const send = (action: TaskAction) => {
    const { number, version } = props.task;
    const leave = action.direction === 'take' ? focusSubject : goOn(number);
    command.mutate(commandOf(number, version, action), {
      onSuccess: (view) => {
        toast(outcomeWords(number, view, myId()));
        leave();
      },
    });
  };
  const press = (key: string) => (event: KeyboardEvent) => {
    const found = actionOfKey(actions(), key);
    // A key that is held down must not act on one ticket after the other.
    if (!found || event.repeat) return;
    if (found.withNote) setOpenAction(found.action.key);
    else act(found.action);
  };
  useKeys(Object.fromEntries(actionKeys.map((key) => [key, press(key)])));
  const mayRoute = () => props.task.state === 'unrouted' && hasRole(me(), 'tts', 'admin');
  const buttons = (ids: (key: string) => string | undefined) => (
    <>
      {/* By key: a button must not become that of another action under somebody's finger. */}
      <For each={actions().map(({ key }) => key)}>
        {(key) => (
          <Show when={actions().find((action) => action.key === key)}>
            {(action) => (
              <ActButton
                action={action()}
                main={mainAction(actions()) === key}
                busy={command.isPending && command.variables?.command === action().command && isOneClick(action())}
                blockedBy={ids(key)}
                onAct={() => act(action())}
                onAddNote={() => setOpenAction(key)}
              />
            )}
          </Show>
        )}
      </For>
      <Show when={mayRoute()}>
        <Button kind="primary" icon={RouteIcon} onClick={() => setRouting(true)}>
          Choose a workflow
        </Button>
      </Show>
    </>
  );
  const reasons = () => reasonsOf(actions());
  const unique = createUniqueId();
  const whyId = (key: string): string | undefined => {
    const index = reasons().findIndex((reason) => reason.keys.includes(key));
    return index === -1 ? undefined : `${unique}-${index}`;
  };
  return (
    <>
      <div class="head">
        <p class="print-only">
          Printed {fullMoment(new Date(now()).toISOString())}, by {me().user.name}. Ticket Tracking System.
        </p>
        <Show when={props.task.steps.length > 0}>
          <StepBar label={stepsLabel(props.task)} steps={stepBarOf(props.task, myId(), now())} />
        </Show>
        <div class="todo" classList={{ mine: props.task.assignee?.id === myId() }}>
          <div>
            <p class="headline" tabindex="-1" data-lands>
              <b>{taskHeadline(props.task, myId())}</b>
              <Show when={runningDue(props.task)}>
                <Due task={props.task} />
              </Show>
              <VisitBadge visit={props.task.visit} />
            </p>
            <p>{props.task.instruction ?? taskDetail(props.task, props.task.requester.name)}</p>
            <Soon next={props.task.next} />
          </div>
          <fieldset class="acts no-print" aria-label="Actions">
            {buttons(whyId)}
          </fieldset>
          <For each={reasons()}>
            {(reason, index) => (
              <Why id={`${unique}-${index()}`}>
                <b>{reason.what}:</b> {reason.why}
              </Why>
            )}
          </For>
          <Show when={command.error && !command.isPending}>
            <Refused error={command.error} voice="agent" me={myId()} />
          </Show>
        </div>
        <Show when={actions().some(({ allowed }) => allowed) || mayRoute()}>
          <ActBar actions={actions()} />
        </Show>
      </div>
      <Show when={actions().length > 0 || mayRoute()}>
        <fieldset class="sheet no-print" aria-label="Actions">
          {buttons(whyId)}
        </fieldset>
      </Show>
      <ActDialog
        task={props.task}
        actionKey={openAction()}
        note={note}
        goOn={goOn}
        onClose={() => setOpenAction(null)}
      />
      <RouteDialog task={props.task} open={routing()} goOn={goOn} onClose={() => setRouting(false)} />
    </>
  );
};

const stepsLabel = (task: TaskPage): string =>
  task.workflow ? `Steps of ${task.workflow.name}, version ${task.workflow.version}` : 'Steps';

/** The next thing that happens by itself. Only for phones, where the pane with all of them is far below. */
const Soon = (props: { next: TaskPage['next'] }) => (
  <Show when={props.next.find((step) => step.at !== null)}>
    {(step) => (
      <p class="soon">
        <b>{shortMoment(step().at ?? '', now())}</b> {step().what}
      </p>
    )}
  </Show>
);
