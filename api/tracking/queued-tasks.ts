import type { EntityManager } from '@mikro-orm/postgresql';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { isAdmin, roleKeysOf } from './task.policy.ts';
import type { TaskQuery } from './task.schema.ts';
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
  if (!isAdmin(user)) throw new AppError('forbidden', 'This list is for admins of TTS.');
  return queue === 'unrouted' ? unrouted(tasks) : tasks;
};

const shown = (tasks: Tasks, show: TaskQuery['show']): Tasks => {
  if (show === 'open') return open(tasks);
  return show === 'done' ? tasks.where('t.state', 'in', ['done', 'cancelled']) : tasks;
};

const filtered = (all: Tasks, { status, category, priority, role, assignee }: TaskQuery): Tasks => {
  let tasks = all;
  if (status) tasks = tasks.where('t.status', 'in', status);
  if (category) tasks = tasks.where('t.category', '=', category);
  if (priority) tasks = tasks.where('t.priority', '=', priority);
  if (role) tasks = tasks.where('t.role_key', '=', role);
  // Cast, so that a number too large for an id matches nobody instead of failing.
  if (assignee) tasks = tasks.where('t.assignee_id', '=', (eb) => eb.cast<number>(eb.val(assignee), 'bigint'));
  return tasks;
};

/** The tasks of a queue that match its filters, but for the search. @throws AppError `forbidden` for the queues of admins. */
export const queuedTasks = (em: EntityManager, query: TaskQuery, user: SessionUser): Tasks =>
  filtered(shown(inQueue(allTasks(em), query.queue, user), query.show), query);
