import ExternalLink from 'lucide-solid/icons/external-link';
import { onMount, Show } from 'solid-js';
import type { TaskRow } from '../../../api/tracking/task.schema.ts';
import { useSigned } from '../../account/gate.tsx';
import { shortNumber } from '../../lib/ticket-number.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Priority } from '../../ui/priority.tsx';
import { Status } from '../../ui/status.tsx';
import { SmallStepBar } from '../../ui/step-bar.tsx';
import { TicketNumber } from '../../ui/ticket-number.tsx';
import { Time } from '../../ui/time.tsx';
import { Due } from '../due.tsx';
import { wasOpened } from '../opened-ticket.ts';
import { assigneeWords, isHalted, isOver, stepWords } from '../task-row-words.ts';
import { VisitBadge } from '../visit-badge.tsx';

export const Assignee = (props: { task: TaskRow }) => {
  const me = useSigned();
  const isMine = () => props.task.assignee?.id === me().user.id;
  return (
    <span class="assignee-avatar" title={assigneeWords(props.task)}>
      <Avatar name={props.task.assignee?.name ?? null} me={isMine()} />
      <span class="sr">{assigneeWords(props.task)}</span>
    </span>
  );
};

/** A ticket in a queue. The whole row is its link. */
export const QueueRow = (props: { task: TaskRow; href: string; workflow?: boolean }) => {
  let link: HTMLAnchorElement | undefined;
  onMount(() => wasOpened(props.task.number) && link?.focus());
  return (
    <tr>
      <td class="pri">
        <Priority of={props.task.priority} dense />
      </td>
      <td class="nr">
        <TicketNumber of={props.task.number} />
      </td>
      <td class="title">
        <a href={props.href} ref={link} data-row>
          {props.task.subject}
        </a>
        <VisitBadge visit={props.task.visit} />
      </td>
      <td class="who">
        <span class="truncate">{props.task.requester.name}</span>
      </td>
      <td class="step">
        <SmallStepBar
          steps={props.task.progress.steps}
          at={props.task.progress.at}
          done={props.task.state === 'done'}
          halted={isHalted(props.task)}
        />
        <span class="of truncate">{stepWords(props.task)}</span>
        <Status of={props.task.status} />
      </td>
      <td class="due">
        <Due task={props.task} />
      </td>
      <td class="assignee">
        <Show when={!isOver(props.task)}>
          <Assignee task={props.task} />
        </Show>
      </td>
      <td class="when">
        <Time at={props.task.changedAt} as="ago" />
      </td>
      <Show when={props.workflow}>
        <td class="out">
          <a
            class="btn quiet square small"
            href={`/admin/tickets/${props.task.number}/workflow`}
            target="_blank"
            rel="noreferrer"
            title="Open workflow in Temporal"
          >
            <Icon of={ExternalLink} />
            <span class="sr">Open the workflow of {shortNumber(props.task.number)} in Temporal</span>
          </a>
        </td>
      </Show>
    </tr>
  );
};
