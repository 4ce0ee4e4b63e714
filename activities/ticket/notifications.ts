import type { NewNotification } from '../../api/notification/notifications.service.ts';
import type { TicketEvent } from '../../workflows/ticket/rules/lifecycle.ts';
import type { Told } from './told.ts';

type Words = Pick<NewNotification, 'kind' | 'title' | 'body'>;

/** Whom a change concerns, and what they are told. People are not told of what they did themselves. */
export const notificationsOf = (told: Told, at: Date): NewNotification[] => {
  const { ticket, state, actor } = told;
  const common = { ticket: ticket.number, at };
  const notifications: NewNotification[] = [];
  const toRequester = requesterWords(told);
  if (toRequester && (actor?.id !== ticket.requesterId || toRequester.kind === 'closed'))
    notifications.push({
      ...common,
      ...toRequester,
      userId: ticket.requesterId,
      eventKey: `${ticket.number}:v${state.version}:requester`,
      link: `/help/tickets/${ticket.number}`,
    });
  const agent = agentOf(told);
  if (agent !== null)
    notifications.push({
      ...common,
      ...agentWords(told),
      userId: agent,
      eventKey: `${ticket.number}:v${state.version}:agent`,
      link: `/desk/tickets/${ticket.number}`,
    });
  return notifications;
};

const happened = ({ story }: Told, kind: TicketEvent['kind']): boolean => story.some((event) => event.kind === kind);

/** Plain words: the requester never reads an agent's term. */
const requesterWords = (told: Told): Words | null => {
  const { ticket, note, before, state } = told;
  const subject = ticket.subject;
  if (happened(told, 'opened'))
    return {
      kind: 'opened',
      title: `We have taken on “${subject}”`,
      body: `Your ticket ${ticket.number} was read and is on its way.`,
    };
  if (happened(told, 'refused'))
    return { kind: 'rejected', title: `“${subject}” was not taken on`, body: `The reason: ${note ?? ''}` };
  if (happened(told, 'resolved'))
    return {
      kind: 'resolved',
      title: `“${subject}” is done, waiting for your word`,
      body: 'Say whether it is done. If you say nothing, we close this ticket after 72 hours.',
    };
  if (happened(told, 'closed'))
    return { kind: 'closed', title: `“${subject}” is closed`, body: `Ticket ${ticket.number} is closed.` };
  if (before.status !== state.status && state.status === 'in_progress')
    return {
      kind: 'in_progress',
      title: `Someone is working on “${subject}”`,
      body: `Your ticket ${ticket.number} was checked and is being worked on.`,
    };
  return null;
};

/** The new assignee, or the one who loses the step by a withdrawal or to a colleague, or the one whose time is over. */
const agentOf = (told: Told): number | null => {
  const { task, before, state } = told;
  if (happened(told, 'withdrawn') || happened(told, 'taken'))
    return before.phase.at === 'step' ? before.phase.assigneeId : null;
  if (task?.assigned && task.assignee) return task.assignee.id;
  if (happened(told, 'overdue')) return state.phase.at === 'step' ? state.phase.assigneeId : null;
  return null;
};

const agentWords = (told: Told): Words => {
  const { ticket, note, actor, task, story } = told;
  const subject = ticket.subject;
  if (happened(told, 'taken'))
    return {
      kind: 'taken',
      title: `“${subject}” was taken over`,
      body: `${actor?.name ?? 'A colleague'} has ${task?.stepName ?? 'the step'} of ${ticket.number} now. You need do nothing more.`,
    };
  if (happened(told, 'withdrawn'))
    return { kind: 'withdrawn', title: `“${subject}” was withdrawn`, body: `The reason: ${note ?? ''}` };
  if (happened(told, 'overdue'))
    return {
      kind: 'overdue',
      title: `The time for “${subject}” is over`,
      body: `${task?.stepName ?? 'The step'} should be done by now.`,
    };
  const back = story.some((event) => event.kind === 'step_done' && event.direction === 'back');
  if (back) return { kind: 'sent_back', title: `“${subject}” came back to you`, body: `The reason: ${note ?? ''}` };
  return {
    kind: 'assigned',
    title: `“${subject}” is yours`,
    body: `${task?.stepName ?? 'A step'} of ${ticket.number} was given to you.`,
  };
};
