import type { TimelineEntry } from '../../api/helpdesk/ticket.schema.ts';
import { departmentWords, priorityWords } from './labels.ts';
import { onMoment } from './time.ts';

/** A piece of a sentence: plain text, a name in bold (`b`), or somebody's own words as a quotation (`q`). */
export type SentencePart = string | { b: string } | { q: string };
type Event<Kind> = Extract<TimelineEntry['event'], { kind: Kind }>;

const who = (entry: TimelineEntry): SentencePart => (entry.actor ? { b: entry.actor.name } : { b: 'The system' });
const quoted = (text: string): SentencePart[] => (text === '' ? [] : [': ', { q: text }]);

/** A timeline entry as a sentence for the people who work on tickets. */
export const agentSentence = (entry: TimelineEntry): SentencePart[] => {
  const { event } = entry;
  switch (event.kind) {
    case 'submitted':
      return [who(entry), ' sent the ticket'];
    case 'opened':
      return openedSentence(entry, event);
    case 'refused':
      return [who(entry), ' rejected the ticket', ...quoted(event.reason)];
    case 'routed':
      return ['It follows ', { b: event.workflow }, `, version ${event.workflowVersion}`];
    case 'unrouted':
      return ['No workflow fits. An Admin of Ticket Tracking chooses one'];
    case 'step_entered':
      return ['It came to ', { b: event.step }, event.visit > 1 ? `, visit ${event.visit}` : ''];
    case 'assigned':
      return ['Assigned to ', { b: event.assignee.name }, `, ${event.role}`];
    case 'waiting_for_role':
      return event.onlyRequester
        ? [{ b: event.step }, ' waits: only the requester is ', { b: event.role }]
        : [{ b: event.step }, ' waits for the first active ', { b: event.role }];
    case 'step_done':
      return stepDoneSentence(entry, event);
    case 'work_begun':
      return ['The ', { b: departmentWords[event.department] }, ' team began to work on it'];
    case 'told':
      return [who(entry), ' wrote to the requester', ...quoted(event.note)];
    case 'overdue':
      return [{ b: event.step }, ' is overdue'];
    case 'resolved':
      return ['Resolved. It closes by itself ', { b: onMoment(event.closesAt) }];
    case 'withdrawn':
      return [who(entry), ' withdrew the ticket', ...quoted(event.reason)];
    case 'closed':
      return event.by === 'time'
        ? ['Closed by itself: no answer came in time']
        : [who(entry), ' confirmed that it is done'];
    case 'caught_up':
      return [
        `${lostVersions(event)} with an older backup of the database. The ticket goes on as its workflow knows it`,
      ];
  }
};

const openedSentence = (entry: TimelineEntry, event: Event<'opened'>): SentencePart[] => [
  who(entry),
  ' opened the ticket for ',
  { b: departmentWords[event.department] },
  ' with priority ',
  { b: priorityWords[event.priority] },
];

const lostVersions = ({ from, to }: Event<'caught_up'>): string =>
  from === to ? `Version ${to} was lost` : `Versions ${from} to ${to} were lost`;

const stepDoneSentence = (entry: TimelineEntry, event: Event<'step_done'>): SentencePart[] => [
  who(entry),
  event.direction === 'back' ? ' sent it back from ' : ' finished ',
  { b: event.step },
  // A last step is often called like its action: "finished Finalize with Finalize" says it twice.
  ...(event.transition === event.step ? [] : [' with ', { b: event.transition }]),
  ...quoted(event.note),
];

/** The same for the requester, without agents' words. Null for what concerns only the agents; the API does not send it. */
export const requesterSentence = (entry: TimelineEntry, me: number): SentencePart[] | null => {
  const { event } = entry;
  const actor: SentencePart = entry.actor?.id === me ? { b: 'You' } : who(entry);
  switch (event.kind) {
    case 'submitted':
      return [actor, ' sent this'];
    case 'opened':
      return [
        actor,
        ' read it and passed it to ',
        { b: departmentWords[event.department] },
        ' with priority ',
        { b: priorityWords[event.priority] },
      ];
    case 'refused':
      return [actor, ' did not take it on', ...quoted(event.reason)];
    case 'work_begun':
      return ['The ', { b: departmentWords[event.department] }, ' team works on it'];
    case 'told':
      return [actor, ' wrote', ...quoted(event.note)];
    case 'resolved':
      return ['It is done. If you say nothing, it closes ', { b: onMoment(event.closesAt) }];
    case 'withdrawn':
      return [actor, ' withdrew it', ...quoted(event.reason)];
    case 'closed':
      return event.by === 'time' ? ['Closed by itself: no answer came in time'] : [actor, ' said that it is done'];
    case 'caught_up':
      return ['Some of what happened here was lost. Your ticket goes on where it was'];
    case 'routed':
    case 'unrouted':
    case 'step_entered':
    case 'assigned':
    case 'waiting_for_role':
    case 'step_done':
    case 'overdue':
      return null;
  }
};

/** The sentence without bold and quotation, for tests. */
export const plainText = (parts: SentencePart[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : 'b' in part ? part.b : `“${part.q}”`)).join('');
