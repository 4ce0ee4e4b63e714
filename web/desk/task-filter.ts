import type { TaskQuery } from '../../api/tracking/task.schema.ts';
import {
  type Category,
  categories,
  type Priority,
  priorities,
  type Status,
  statuses,
} from '../../workflows/ticket/rules/words.ts';
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
  /** The key of a role. */
  role: string | null;
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
  role: null,
  q: '',
  sort: usualSort(show),
});

const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';
const oneOf = <Word extends string>(words: readonly Word[], value: string): Word | null =>
  words.find((word) => word === value) ?? null;

/** Reads the address and leaves out what it does not know. `queue` is given where the page decides it. */
export const readFilter = (search: Search, queue?: Queue): TaskFilter => {
  const at = (key: string): string => first(search[key]).trim();
  const whole = wholeQueue(queue ?? oneOf(queues, at('queue')) ?? 'mine');
  const show = oneOf(shows, at('show')) ?? whole.show;
  const wanted = at('status').split(',');
  return {
    queue: whole.queue,
    show,
    status: statusesOf(show).filter((status) => wanted.includes(status)),
    category: oneOf(categories, at('category')),
    priority: oneOf(priorities, at('priority')),
    role: at('role').slice(0, 64) || null,
    q: at('q').slice(0, 100),
    sort: oneOf(sorts, at('sort')) ?? usualSort(show),
  };
};

/** The filter as an address. It holds only what differs from the whole queue, so that addresses are short. */
export const searchOf = (filter: TaskFilter): Record<string, string | undefined> => ({
  show: filter.show === usualShow(filter.queue) ? undefined : filter.show,
  status: filter.status.join(',') || undefined,
  category: filter.category ?? undefined,
  priority: filter.priority ?? undefined,
  role: filter.role ?? undefined,
  q: filter.q || undefined,
  sort: filter.sort === usualSort(filter.show) ? undefined : filter.sort,
});

/** The filter as the query of the API. */
export const queryOf = (filter: TaskFilter): Record<string, string | undefined> => ({
  ...searchOf(filter),
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

export const isNarrowed = (filter: TaskFilter): boolean =>
  filter.status.length > 0 ||
  [filter.category, filter.priority, filter.role].some((value) => value !== null) ||
  filter.q !== '';

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
