import type { Department } from '../../workflows/ticket/rules/words.ts';
import type { TimelineEntry } from './ticket.schema.ts';

/**
 * The timeline as the requester reads it: sent, opened, worked on, notes written for the requester, resolved, closed. Which
 * steps the work has, who hands it to whom and when a step is overdue concerns only the people who do it, so it does not
 * leave the API.
 */
export const storyOf = (entries: TimelineEntry[], department: Department | null): TimelineEntry[] => {
  const begin = department === null ? undefined : beginOf(entries);
  return entries.flatMap((entry): TimelineEntry[] => {
    const { event } = entry;
    if (event.kind === 'step_done' && event.noteFor === 'requester' && event.note !== '')
      return [{ ...entry, event: { kind: 'told', note: event.note } }];
    if (entry === begin && department !== null)
      return [{ ...entry, actor: null, event: { kind: 'work_begun', department } }];
    return isForRequester(entry) ? [entry] : [];
  });
};

/** The entry with which the work begins: the first step is done, and it was not the only one. */
const beginOf = (entries: TimelineEntry[]): TimelineEntry | undefined => {
  const first = entries.find(({ event }) => event.kind === 'step_done' && event.direction === 'forward');
  const isAll = entries.some(({ version, event }) => version === first?.version && event.kind === 'resolved');
  return isAll ? undefined : first;
};

const isForRequester = ({ event }: TimelineEntry): boolean => {
  switch (event.kind) {
    case 'submitted':
    case 'opened':
    case 'refused':
    case 'work_begun':
    case 'told':
    case 'resolved':
    case 'withdrawn':
    case 'closed':
    case 'caught_up':
      return true;
    case 'routed':
    case 'unrouted':
    case 'step_entered':
    case 'assigned':
    case 'waiting_for_role':
    case 'step_done':
    case 'overdue':
      return false;
  }
};
