import { type Status, statuses } from '../../workflows/ticket/rules/words.ts';
import { withQuery } from '../lib/with-query.ts';

export interface ReviewView {
  label: string;
  statuses: readonly Status[];
  /** What an empty list says: that it is empty, and what appears there. */
  none: string;
  empty: string;
}

/** The lists of a coordinator; the address names the statuses, so any other set works as well. */
export const reviewViews = {
  fresh: {
    label: 'New, to review',
    statuses: ['new'],
    none: 'Nothing waits for review',
    empty: 'New tickets appear here by themselves.',
  },
  work: {
    label: 'Being worked on',
    statuses: ['open', 'in_progress', 'on_hold', 'pending'],
    none: 'Nobody works on a ticket',
    empty: 'A ticket comes here when it is opened.',
  },
  resolved: {
    label: 'Resolved',
    statuses: ['resolved'],
    none: 'Nothing waits for its requester',
    empty: 'A ticket stays here until its requester says that it is done.',
  },
  rejected: {
    label: 'Rejected',
    statuses: ['rejected'],
    none: 'Nothing was rejected',
    empty: 'What a coordinator did not take on is kept here.',
  },
  over: {
    label: 'Closed, withdrawn',
    statuses: ['closed', 'withdrawn'],
    none: 'Nothing is over yet',
    empty: 'What is over is kept here.',
  },
  all: { label: 'All tickets', statuses, none: 'No tickets yet', empty: 'What employees send appears here.' },
} as const satisfies Record<string, ReviewView>;

const isStatus = (word: string): word is Status => statuses.some((status) => status === word);

/** The statuses of the address; without any, those that wait for review. */
export const statusesOf = (param: string | undefined): readonly Status[] => {
  const known = (param ?? '').split(',').filter(isStatus);
  return known.length > 0 ? known : reviewViews.fresh.statuses;
};

const isSame = (a: readonly Status[], b: readonly Status[]): boolean =>
  a.length === b.length && a.every((status) => b.includes(status));

export const viewOf = (shown: readonly Status[]): ReviewView =>
  Object.values(reviewViews).find((view) => isSame(view.statuses, shown)) ?? {
    label: 'Tickets',
    statuses: shown,
    none: 'No ticket here',
    empty: 'No ticket has one of these statuses.',
  };

/** The address of a list, or of a ticket within it. */
export const reviewPath = (shown: readonly Status[], number?: string, q?: string): string =>
  withQuery(number ? `/review/${number}` : '/review', {
    status: isSame(shown, reviewViews.fresh.statuses) ? undefined : shown.join(','),
    q,
  });
