import { longestSearch } from '../../api/db/search/search.schema.ts';
import type { TaskQuery } from '../../api/tracking/task.schema.ts';
import {
  type Category,
  categories,
  type Department,
  departments,
  type Priority,
  priorities,
  type Status,
  statuses,
} from '../../workflows/ticket/rules/words.ts';
import { endOf, isDay, startOf } from '../lib/days.ts';
import { withQuery } from '../lib/with-query.ts';

export type Queue = TaskQuery['queue'];
export type Show = TaskQuery['show'];
export type Sort = TaskQuery['sort'];

/** Which tasks a list shows, and in which order. The address of the page holds all of it. */
export interface TaskFilter {
  queue: Queue;
  show: Show;
  status: Status[];
  category: Category | null;
  priority: Priority | null;
  department: Department[];
  /** The id of a user, or nobody. */
  assignee: number | 'nobody' | null;
  /** The id of a user. */
  requester: number | null;
  /** The key of a role. */
  role: string | null;
  overdue: boolean;
  /** Days, the last one included: `2026-11-23`. */
  from: string | null;
  to: string | null;
  dueFrom: string | null;
  dueTo: string | null;
  q: string;
  sort: Sort;
}

/** What the address holds: strings that anybody can type. */
export type Search = Record<string, string | string[] | undefined>;

const queues: readonly Queue[] = ['mine', 'done_by_me', 'role', 'unrouted', 'all'];
const shows: readonly Show[] = ['open', 'done', 'any'];
const sorts: readonly Sort[] = ['due', '-due', '-changed', '-submitted', 'submitted'];

const afterOpening = statuses.filter((status) => status !== 'new' && status !== 'rejected');
const doneStatuses: readonly Status[] = ['resolved', 'withdrawn', 'closed'];

/** The statuses that can occur among what is shown. */
export const statusesOf = (show: Show): Status[] => {
  if (show === 'any') return afterOpening;
  return afterOpening.filter((status) => doneStatuses.includes(status) === (show === 'done'));
};

/** Lists that also have finished work. */
export const hasHistory = (queue: Queue): boolean => queue === 'all' || queue === 'done_by_me';

export const usualShow = (queue: Queue): Show => (hasHistory(queue) ? 'any' : 'open');
export const usualSort = (show: Show): Sort => (show === 'open' ? 'due' : '-changed');

/** A queue as it looks before anybody narrows it. */
export const wholeQueue = (queue: Queue, show: Show = usualShow(queue)): TaskFilter => ({
  queue,
  show,
  status: [],
  category: null,
  priority: null,
  department: [],
  assignee: null,
  requester: null,
  role: null,
  overdue: false,
  from: null,
  to: null,
  dueFrom: null,
  dueTo: null,
  q: '',
  sort: usualSort(show),
});

const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';
const oneOf = <Word extends string>(words: readonly Word[], value: string): Word | null =>
  words.find((word) => word === value) ?? null;

const idOf = (value: string): number | null => (/^[1-9]\d{0,8}$/.test(value) ? Number(value) : null);
const dayOf = (value: string): string | null => (isDay(value) ? value : null);

/** Reads the address and leaves out what it does not know. `queue` is given where the page decides it. */
export const readFilter = (search: Search, queue?: Queue): TaskFilter => {
  const at = (key: string): string => first(search[key]).trim();
  const whole = wholeQueue(queue ?? oneOf(queues, at('queue')) ?? 'mine');
  const show = oneOf(shows, at('show')) ?? whole.show;
  const wanted = at('status').split(',');
  const wantedDepartments = at('department').split(',');
  return {
    queue: whole.queue,
    show,
    status: statusesOf(show).filter((status) => wanted.includes(status)),
    category: oneOf(categories, at('category')),
    priority: oneOf(priorities, at('priority')),
    department: departments.filter((department) => wantedDepartments.includes(department)),
    assignee: at('assignee') === 'nobody' ? 'nobody' : idOf(at('assignee')),
    requester: idOf(at('requester')),
    role: at('role').slice(0, 64) || null,
    overdue: at('overdue') === 'true',
    from: dayOf(at('from')),
    to: dayOf(at('to')),
    dueFrom: dayOf(at('dueFrom')),
    dueTo: dayOf(at('dueTo')),
    q: at('q').slice(0, longestSearch),
    sort: oneOf(sorts, at('sort')) ?? usualSort(show),
  };
};

type Query = Record<string, string | undefined>;

/** What the address and the API call alike. */
const shared = (filter: TaskFilter): Query => ({
  status: filter.status.join(',') || undefined,
  category: filter.category ?? undefined,
  priority: filter.priority ?? undefined,
  department: filter.department.join(',') || undefined,
  assignee: filter.assignee?.toString(),
  requester: filter.requester?.toString(),
  role: filter.role ?? undefined,
  overdue: filter.overdue ? 'true' : undefined,
  q: filter.q || undefined,
});

/** The filter as an address. It holds only what differs from the whole queue, so that addresses are short. */
export const searchOf = (filter: TaskFilter): Query => ({
  show: filter.show === usualShow(filter.queue) ? undefined : filter.show,
  ...shared(filter),
  from: filter.from ?? undefined,
  to: filter.to ?? undefined,
  dueFrom: filter.dueFrom ?? undefined,
  dueTo: filter.dueTo ?? undefined,
  sort: filter.sort === usualSort(filter.show) ? undefined : filter.sort,
});

/** The filter as the query of the API. The reader's days become moments. */
export const queryOf = (filter: TaskFilter): Query => ({
  ...shared(filter),
  submittedFrom: startOf(filter.from),
  submittedBefore: endOf(filter.to),
  dueFrom: startOf(filter.dueFrom),
  dueBefore: endOf(filter.dueTo),
  queue: filter.queue,
  show: filter.show,
  sort: filter.sort,
});

/** Shows open, done or all: takes the usual order of that choice, and drops statuses that cannot occur there. */
export const showing = (filter: TaskFilter, show: Show): TaskFilter => ({
  ...filter,
  show,
  status: filter.status.filter((status) => statusesOf(show).includes(status)),
  sort: filter.sort === usualSort(filter.show) ? usualSort(show) : filter.sort,
});

/** The same list without filters; it keeps open, done or all, and the order. */
export const widened = (filter: TaskFilter): TaskFilter => ({
  ...wholeQueue(filter.queue, filter.show),
  sort: filter.sort,
});

const narrows: readonly (keyof TaskFilter)[] = [
  ...(['status', 'category', 'priority', 'department', 'assignee', 'requester', 'role', 'overdue'] as const),
  ...(['from', 'to', 'dueFrom', 'dueTo', 'q'] as const),
];

export const isNarrowed = (filter: TaskFilter): boolean =>
  narrows.some((key) => {
    const value = filter[key];
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  });

const pages: Record<Queue, string> = {
  mine: '/desk',
  done_by_me: '/desk/done',
  role: '/desk/role',
  unrouted: '/admin/unrouted',
  all: '/admin/tickets',
};

/** The page that shows this list. */
export const listHref = (filter: TaskFilter): string => withQuery(pages[filter.queue], searchOf(filter));

/** A ticket, with the list that it was opened from, which is shown beside it. */
export const ticketHref = (number: string, filter: TaskFilter): string =>
  withQuery(`/desk/tickets/${number}`, {
    queue: filter.queue === 'mine' ? undefined : filter.queue,
    ...searchOf(filter),
  });
