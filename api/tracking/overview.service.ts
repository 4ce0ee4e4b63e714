import type { EntityManager } from '@mikro-orm/postgresql';
import type { NotNull } from 'kysely';
import { countAll } from '../db/query-builder.ts';
import type { SessionUser } from '../http/user.ts';
import { allTasks, filtered, open, overdue, type Tasks, unrouted } from './queued-tasks.ts';
import { roleNames } from './role-names.service.ts';
import { assertAdmin } from './task.policy.ts';
import type { Overview, OverviewQuery } from './task.schema.ts';
import { tracking } from './tracking.tables.ts';

const busiest = 10;

const count = () => countAll().as('count');
const unassigned = (tasks: Tasks): Tasks => open(tasks).where('t.assignee_id', 'is', null);

const keyFigures = (em: EntityManager, tasks: Tasks) =>
  tracking(em)
    .selectNoFrom([
      open(tasks).select(count()).as('open'),
      overdue(tasks).select(count()).as('overdue'),
      unrouted(tasks).select(count()).as('unrouted'),
      unassigned(tasks).select(count()).as('unassigned'),
    ])
    .$narrowType<{ open: NotNull; overdue: NotNull; unrouted: NotNull; unassigned: NotNull }>()
    .executeTakeFirstOrThrow();

const byStatus = async (tasks: Tasks): Promise<Overview['byStatus']> => {
  const rows = await tasks.select(['t.status', count()]).groupBy('t.status').execute();
  return Object.fromEntries(rows.map((row) => [row.status, row.count]));
};

const byRole = async (em: EntityManager, tasks: Tasks): Promise<Overview['byRole']> => {
  const nameOf = await roleNames(em);
  const rows = await open(tasks)
    .where('t.role_key', 'is not', null)
    .select(['t.role_key as key', count()])
    .$narrowType<{ key: NotNull }>()
    .groupBy('t.role_key')
    .orderBy('count', 'desc')
    .orderBy('t.role_key')
    .execute();
  return rows.map((row) => ({ ...row, name: nameOf(row.key) }));
};

const byAssignee = (tasks: Tasks): Promise<Overview['byAssignee']> =>
  open(tasks)
    .where('t.assignee_id', 'is not', null)
    // Everywhere the same but for the moment in which somebody is renamed.
    .select(({ fn }) => ['t.assignee_id as id', fn.max('t.assignee_name').as('name'), count()])
    .$narrowType<{ id: NotNull; name: NotNull }>()
    .groupBy('t.assignee_id')
    .orderBy('count', 'desc')
    .orderBy('t.assignee_id')
    .limit(busiest)
    .execute();

/** The figures of the overview. @throws AppError `forbidden` for everybody but admins. */
export const readOverview = async (em: EntityManager, query: OverviewQuery, user: SessionUser): Promise<Overview> => {
  assertAdmin(user);
  const tasks = filtered(allTasks(em), query);
  return {
    ...(await keyFigures(em, tasks)),
    byStatus: await byStatus(tasks),
    byRole: await byRole(em, tasks),
    byAssignee: await byAssignee(tasks),
  };
};
