import type { Overview } from '../../../api/tracking/task.schema.ts';
import { type Status, statuses } from '../../../workflows/ticket/rules/words.ts';
import { queryOf, searchOf, type TaskFilter, wholeQueue } from '../../desk/task-filter.ts';
import { withQuery } from '../../lib/with-query.ts';

/** A figure and the list that it counts. */
export interface Figure {
  count: number;
  filter: TaskFilter;
}

/** The filters that fit every figure. The others are what the figures themselves differ in. */
export const overviewFilters = ['category', 'priority', 'department', 'assignee', 'requester', 'from', 'to'] as const;

const kept = (filter: TaskFilter): Partial<TaskFilter> =>
  Object.fromEntries(overviewFilters.map((key) => [key, filter[key]]));

/** The page with these filters. */
export const overviewHref = (filter: TaskFilter): string =>
  withQuery('/admin', searchOf({ ...wholeQueue('all'), ...kept(filter) }));

/** The page with the tickets of this status that nobody has opened. */
export const neverOpenedHref = (filter: TaskFilter, status: Status): string => {
  const { category, requester, from, to } = searchOf(filter);
  return withQuery('/admin/not-opened', { status, category, requester, from, to });
};

const nobody = 'nobody' as const;
const resolved = 'resolved' as const;

/** What the overview asks for, and the list behind each figure. */
export const figuresOf = (filter: TaskFilter) => {
  const all = { ...wholeQueue('all'), ...kept(filter) };
  const open: TaskFilter = { ...wholeQueue('all', 'open'), ...kept(filter) };
  const { queue: _queue, show: _show, sort: _sort, ...overview } = queryOf(all);
  // Tickets that nobody has opened have neither assignee nor priority nor department.
  const { category, requester, submittedFrom, submittedBefore } = overview;
  const isOpenedOnly = filter.assignee !== null || filter.priority !== null || filter.department.length > 0;
  return {
    overview,
    open,
    /** The tickets that nobody has opened; null when none can match. */
    before: isOpenedOnly
      ? null
      : { scope: 'all' as const, opened: 'false' as const, category, requester, submittedFrom, submittedBefore },
    atDesk: (data: Overview) => ({
      open: { count: data.open, filter: open },
      overdue: { count: data.overdue, filter: { ...open, overdue: true } },
      // With an assignee chosen, none of the tickets is nobody's.
      unassigned: filter.assignee === null ? { count: data.unassigned, filter: { ...open, assignee: nobody } } : null,
      unrouted: { count: data.unrouted, filter: { ...wholeQueue('unrouted'), ...kept(filter) } },
      resolved: { count: data.byStatus.resolved ?? 0, filter: { ...all, status: [resolved] } },
      byStatus: statuses
        .filter((status) => (data.byStatus[status] ?? 0) > 0)
        .map((status) => ({ status, count: data.byStatus[status] ?? 0, filter: { ...all, status: [status] } })),
      byRole: data.byRole.map(({ key, name, count }) => ({ name, count, filter: { ...open, role: key } })),
      byAssignee: data.byAssignee.map(({ id, name, count }) => ({ name, count, filter: { ...open, assignee: id } })),
    }),
  };
};

export type Figures = ReturnType<typeof figuresOf>;
