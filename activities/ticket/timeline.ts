import type { TimelineEvent } from '../../api/helpdesk/ticket.schema.ts';
import type { TicketEvent } from '../../workflows/ticket/rules/lifecycle.ts';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import type { Told } from './told.ts';

/** The lines that a change adds to the ticket's timeline, with the names and texts that the workflow does not know. */
export const timelineOf = (told: Told): TimelineEvent[] => [
  ...told.story.flatMap((event) => lineOf(event, told)),
  ...handsOf(told),
];

const lineOf = (event: TicketEvent, { note, task }: Told): TimelineEvent[] => {
  const said = note ?? '';
  switch (event.kind) {
    case 'opened':
    case 'unrouted':
    case 'overdue':
    case 'closed':
      return event.kind === 'overdue' ? [{ kind: 'overdue', step: task?.stepName ?? '' }] : [event];
    case 'refused':
      return [{ kind: 'refused', reason: said }];
    case 'withdrawn':
      return [{ kind: 'withdrawn', reason: said }];
    case 'routed':
      return task?.workflow
        ? [{ kind: 'routed', workflow: task.workflow.name, workflowVersion: task.workflow.version }]
        : [];
    case 'step_entered':
      return [{ ...event, role: task?.roleName ?? readableRole(event.role), visit: task?.visit ?? 1 }];
    case 'step_done':
      return [{ ...event, note: said }];
    case 'resolved':
      return [{ kind: 'resolved', closesAt: new Date(event.closesAt).toISOString() }];
    case 'taken':
      return [];
  }
};

/** Who has the step now, told when it went to somebody, or came to wait for somebody. */
const handsOf = ({ before, state, task, story }: Told): TimelineEvent[] => {
  const { phase } = state;
  if (phase.at !== 'step' || task?.stepName == null) return [];
  const step = task.stepName;
  // The timeline keeps what the role is called at this moment.
  const role = task.roleName ?? readableRole(phase.role);
  if (task.assigned && task.assignee)
    return [{ kind: 'assigned', step, role, assignee: { id: task.assignee.id, name: task.assignee.name } }];
  const entered = story.some((event) => event.kind === 'step_entered');
  const lost = before.phase.at === 'step' && before.phase.assigneeId !== null;
  return phase.assigneeId === null && (entered || lost) ? [{ kind: 'waiting_for_role', step, role }] : [];
};
