import type { TicketRow, TicketView } from '../../api/helpdesk/ticket.schema.ts';
import type { Status } from '../../workflows/ticket/rules/words.ts';
import { departmentWords } from '../lib/labels.ts';
import { onMoment, since } from '../lib/time.ts';
import { confirmStep } from './steps-ahead.ts';

export interface RequestStep {
  title: string;
  detail: string;
  state: 'done' | 'now' | 'next';
}

/** The requester's own steps are sent, read, worked on and confirmed. Null for a ticket that is on none of them. */
const stepAt: Record<Status, number | null> = {
  new: 1,
  open: 2,
  in_progress: 2,
  on_hold: 2,
  pending: 2,
  resolved: 3,
  closed: 4,
  rejected: null,
  withdrawn: null,
};

export const requestStepAt = (status: Status): number | null => stepAt[status];
export const requestStepNames = ['Sent', 'Read', 'Worked on', 'Confirmed'] as const;

/** One sentence under a ticket: what comes next. */
export const nextSentence = (ticket: TicketRow): string => {
  const team = ticket.department ? `The ${departmentWords[ticket.department]} team` : 'Our team';
  switch (ticket.status) {
    case 'new':
      return 'A coordinator reads it next and finds the right team.';
    case 'open':
    case 'in_progress':
      return ticket.assignee
        ? `${whoHasIt(ticket.assignee)} ${dueOf(ticket.assignee)}`
        : `${team} has it and starts soon.`;
    case 'on_hold':
      return `${team} has paused it for now.`;
    case 'pending':
      return `${team} takes it as soon as somebody is free.`;
    case 'resolved':
      return silence(ticket.closesAt);
    case 'rejected':
      return 'Open it to read why, and what you can do.';
    case 'withdrawn':
    case 'closed':
      return 'Nothing more to do.';
  }
};

type Assignee = NonNullable<TicketRow['assignee']>;

const whoHasIt = ({ name, role }: Assignee): string => (name ? `${name} has it.` : `It waits for a free ${role}.`);

const dueOf = ({ dueAt }: Assignee): string => `This step is due ${onMoment(dueAt)}.`;

const silence = (closesAt: string | null): string =>
  `Say whether it is done. If you say nothing, it closes ${closesAt ? onMoment(closesAt) : 'by itself'}.`;

const workDetail = (ticket: TicketView): string => {
  const { assignee } = ticket;
  if (!assignee)
    return ticket.status === 'resolved' || ticket.status === 'closed'
      ? 'Done.'
      : 'You see here who has it, and until when.';
  return `${whoHasIt(assignee)} ${dueOf(assignee)}`;
};

const details = (ticket: TicketView): string[] => [
  'You have the number, and it cannot get lost.',
  ticket.status === 'new'
    ? 'A coordinator reads it next and finds the right team.'
    : 'A coordinator read it and found the team.',
  workDetail(ticket),
  endDetail(ticket),
];

const endDetail = (ticket: TicketView): string => {
  if (ticket.closedAt) return `Closed ${since(ticket.closedAt)}.`;
  return ticket.closesAt ? silence(ticket.closesAt) : `${confirmStep.title}. ${confirmStep.detail}`;
};

/** The requester's steps with their sentences; none for a ticket that was rejected or withdrawn. */
export const requestStepsOf = (ticket: TicketView): RequestStep[] => {
  const at = requestStepAt(ticket.status);
  if (at === null) return [];
  const said = details(ticket);
  return requestStepNames.map((title, index) => ({
    title,
    detail: said[index] ?? '',
    state: index < at ? 'done' : index === at ? 'now' : 'next',
  }));
};
