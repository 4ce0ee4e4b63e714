import type { NewNotification } from '../../api/notification/notifications.service.ts';
import type { NotificationKind, Notify } from '../../workflows/ticket/rules/change.ts';
import { autoCloseWords } from '../../workflows/ticket/rules/sla.ts';
import type { ChangeFacts } from './recorded-change.ts';

/** The notifications of a change: who gets one, and its text. */
export const notificationsOf = (facts: ChangeFacts, at: Date): NewNotification[] =>
  facts.notify.flatMap((notify): NewNotification[] => {
    const userId = recipientOf(notify, facts);
    if (userId === null) return [];
    const { number, subject } = facts.ticket;
    const isRequester = notify.to === 'requester';
    return [
      {
        userId,
        // The key prevents a second notification of the same change.
        eventKey: `${number}:v${facts.state.version}:${isRequester ? 'requester' : 'agent'}`,
        kind: notify.about,
        ...texts[notify.about]({
          number,
          subject,
          ...facts,
          step: facts.task?.stepName ?? null,
          told: toldNote(facts),
        }),
        ticket: number,
        link: isRequester ? `/help/tickets/${number}` : `/desk/tickets/${number}`,
        at,
      },
    ];
  });

const toldNote = ({ events, note }: ChangeFacts): string | null =>
  events.some((event) => event.kind === 'step_done' && event.noteFor === 'requester') ? note : null;

/** The user to notify; null for nobody. */
const recipientOf = ({ to, about }: Notify, { ticket, before, state, actor, task }: ChangeFacts): number | null => {
  switch (to) {
    case 'requester':
      return actor?.id === ticket.requesterId && about !== 'closed' ? null : ticket.requesterId;
    case 'formerAssignee':
      return before.phase.at === 'step' ? before.phase.assigneeId : null;
    case 'assignee':
      if (state.phase.at !== 'step') return null;
      return about === 'overdue' || task?.assigned ? state.phase.assigneeId : null;
  }
};

interface Words {
  number: string;
  subject: string;
  step: string | null;
  note: string | null;
  /** The note, when the requester may read it. */
  told: string | null;
  actor: { name: string } | null;
}

// Plain words, because requesters do not know the agents' terms.
const texts: Record<NotificationKind, (words: Words) => { title: string; body: string }> = {
  opened: ({ subject, number }) => ({
    title: `We have taken on “${subject}”`,
    body: `Your ticket ${number} was read and is on its way.`,
  }),
  rejected: ({ subject, note }) => ({ title: `“${subject}” was not taken on`, body: `The reason: ${note ?? ''}` }),
  in_progress: ({ subject, number }) => ({
    title: `Someone is working on “${subject}”`,
    body: `Your ticket ${number} was checked and is being worked on.`,
  }),
  resolved: ({ subject, told }) => ({
    title: `“${subject}” is done, waiting for your word`,
    body: `${told === null ? '' : `“${told}” `}Say whether it is done. If you say nothing, we close this ticket after ${autoCloseWords}.`,
  }),
  closed: ({ subject, number }) => ({ title: `“${subject}” is closed`, body: `Ticket ${number} is closed.` }),
  assigned: ({ subject, number, step }) => ({
    title: `“${subject}” is yours`,
    body: `${step ?? 'A step'} of ${number} was given to you.`,
  }),
  sent_back: ({ subject, number, step, note }) => ({
    title: `“${subject}” came back to you`,
    body: note === null ? `${step ?? 'A step'} of ${number} is to be done again.` : `The reason: ${note}`,
  }),
  taken: ({ subject, number, step, actor }) => ({
    title: `“${subject}” was taken over`,
    body: `${actor?.name ?? 'A colleague'} has ${step ?? 'the step'} of ${number} now. You need do nothing more.`,
  }),
  withdrawn: ({ subject, note }) => ({ title: `“${subject}” was withdrawn`, body: `The reason: ${note ?? ''}` }),
  overdue: ({ subject, step }) => ({
    title: `The time for “${subject}” is over`,
    body: `${step ?? 'The step'} should be done by now.`,
  }),
};
