import type { TimelineEvent } from '../../api/helpdesk/ticket.schema.ts';
import type { TicketEvent } from '../../workflows/ticket/rules/change.ts';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import type { ChangeFacts } from './recorded-change.ts';

/** The timeline entries of a change, with the names and texts that the workflow does not have. */
export const timelineOf = (facts: ChangeFacts): TimelineEvent[] => [
  ...facts.events.flatMap((event) => entryOf(event, facts)),
  ...assignmentOf(facts),
];

const entryOf = (event: TicketEvent, { note, task }: ChangeFacts): TimelineEvent[] => {
  const written = note ?? '';
  switch (event.kind) {
    case 'opened':
    case 'unrouted':
    case 'closed':
      return [event];
    case 'overdue':
      return [{ kind: 'overdue', step: task?.stepName ?? '' }];
    case 'refused':
    case 'withdrawn':
      return [{ kind: event.kind, reason: written }];
    case 'routed':
      return task?.definition
        ? [{ kind: 'routed', workflow: task.definition.name, workflowVersion: task.definition.version }]
        : [];
    case 'step_entered':
      return [
        {
          kind: 'step_entered',
          step: event.step,
          role: task?.roleName ?? readableRole(event.roleKey),
          visit: task?.visits ?? 1,
        },
      ];
    case 'step_done':
      return [{ ...event, note: written }];
    case 'resolved':
      return [{ kind: 'resolved', closesAt: new Date(event.closesAt).toISOString() }];
    // Covered by the assignment below.
    case 'taken':
      return [];
  }
};

/** The entry for a new assignee, or for a step that now waits for one. */
const assignmentOf = ({ before, state, task }: ChangeFacts): TimelineEvent[] => {
  const { phase } = state;
  if (phase.at !== 'step' || task?.stepName == null) return [];
  const step = task.stepName;
  const role = task.roleName ?? readableRole(phase.roleKey);
  if (task.assigned && task.assignee)
    return [{ kind: 'assigned', step, role, assignee: { id: task.assignee.id, name: task.assignee.name } }];
  const hasLost = before.phase.at === 'step' && before.phase.assigneeId !== null;
  const reasonChanged = before.phase.at === 'step' && before.phase.onlyRequester !== phase.onlyRequester;
  const waits = phase.assigneeId === null && (task.entered || hasLost || reasonChanged);
  return waits ? [{ kind: 'waiting_for_role', step, role, onlyRequester: phase.onlyRequester }] : [];
};
