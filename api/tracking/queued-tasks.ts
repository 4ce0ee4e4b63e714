import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { SessionUser } from '../http/user.ts';
import { assertAdmin, roleKeysOf } from './task.policy.ts';
import type { OverviewQuery, TaskQuery } from './task.schema.ts';
import { tracking } from './tracking.tables.ts';

/** A query for tasks that has selected no columns yet. */
export type Tasks = ReturnType<typeof allTasks>;

export const allTasks = (em: EntityManager) => tracking(em).selectFrom('tracking.task as t');

export const heldBy = (tasks: Tasks, user: SessionUser): Tasks => tasks.where('t.assignee_id', '=', user.id);

export const ofRoles = (tasks: Tasks, roles: readonly string[]): Tasks =>
  tasks.where((eb) => (roles.length === 0 ? eb.lit(false) : eb('t.role_key', 'in', roles)));

export const unrouted = (tasks: Tasks): Tasks => tasks.where('t.state', '=', 'unrouted');

export const open = (tasks: Tasks): Tasks => tasks.where('t.state', 'in', ['unrouted', 'waiting', 'held']);

// Only a visit with an outcome counts as done by its assignee; a withdrawal ends a visit without one.
const doneBy = (tasks: Tasks, user: SessionUser): Tasks =>
  tasks.where('t.number', 'in', (eb) =>
    eb
      .selectFrom('tracking.visit as v')
      .select('v.number')
      .where('v.assignee_id', '=', user.id)
      .where('v.outcome', 'is not', null),
  );

/** The tasks of a queue. @throws AppError `forbidden` for the queues of admins. */
const inQueue = (tasks: Tasks, queue: TaskQuery['queue'], user: SessionUser): Tasks => {
  if (queue === 'mine') return heldBy(tasks, user);
  if (queue === 'done_by_me') return doneBy(tasks, user);
  if (queue === 'role') return ofRoles(tasks, roleKeysOf(user));
  assertAdmin(user);
  return queue === 'unrouted' ? unrouted(tasks) : tasks;
};

const shown = (tasks: Tasks, show: TaskQuery['show']): Tasks => {
  if (show === 'open') return open(tasks);
  return show === 'done' ? tasks.where('t.state', 'in', ['done', 'cancelled']) : tasks;
};

/** Open tasks past their due time. The clock decides and not the mark, which a worker that was away sets late. */
export const overdue = (tasks: Tasks): Tasks =>
  open(tasks).where('t.due_at', '<', sql<Date>`now()`).where('t.status', '<>', 'on_hold');

/** The filters that lists and the overview share. */
export const filtered = (all: Tasks, query: OverviewQuery): Tasks => {
  const { category, priority, department, assignee, requester, submittedFrom, submittedBefore } = query;
  let tasks = all;
  if (category) tasks = tasks.where('t.category', '=', category);
  if (priority) tasks = tasks.where('t.priority', '=', priority);
  if (department) tasks = tasks.where('t.department', 'in', department);
  if (assignee === 'nobody') tasks = tasks.where('t.assignee_id', 'is', null);
  else if (assignee) tasks = tasks.where('t.assignee_id', '=', assignee);
  if (requester) tasks = tasks.where('t.requester_id', '=', requester);
  if (submittedFrom) tasks = tasks.where('t.submitted_at', '>=', submittedFrom);
  if (submittedBefore) tasks = tasks.where('t.submitted_at', '<', submittedBefore);
  return tasks;
};

const narrowed = (all: Tasks, query: TaskQuery): Tasks => {
  let tasks = filtered(query.overdue ? overdue(all) : all, query);
  if (query.status) tasks = tasks.where('t.status', 'in', query.status);
  if (query.role) tasks = tasks.where('t.role_key', '=', query.role);
  if (query.dueFrom) tasks = tasks.where('t.due_at', '>=', query.dueFrom);
  if (query.dueBefore) tasks = tasks.where('t.due_at', '<', query.dueBefore);
  return tasks;
};

/** The tasks of a queue that match its filters, but for the search. @throws AppError `forbidden` for the queues of admins. */
export const queuedTasks = (em: EntityManager, query: TaskQuery, user: SessionUser): Tasks =>
  narrowed(shown(inQueue(allTasks(em), query.queue, user), query.show), query);
