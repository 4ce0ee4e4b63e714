import type { EntityManager } from '@mikro-orm/postgresql';
import type { NotNull } from 'kysely';
import { countAll } from '../db/query-builder.ts';
import type { SessionUser } from '../http/user.ts';
import { allTasks, heldBy, ofRoles, open, overdue, type Tasks, unrouted } from './queued-tasks.ts';
import { isAdmin, roleKeysOf } from './task.policy.ts';
import type { TaskCounts } from './task.schema.ts';
import { tracking } from './tracking.tables.ts';

const count = (tasks: Tasks) => tasks.select(countAll().as('count'));

/** The sizes of this user's queues. */
export const countTasks = (em: EntityManager, user: SessionUser): Promise<TaskCounts> => {
  const tasks = open(allTasks(em));
  const mine = heldBy(tasks, user);
  // One count for each queue, so that each can use its index.
  return tracking(em)
    .selectNoFrom((eb) => {
      const forAdmins = (counted: Tasks) => (isAdmin(user) ? count(counted) : eb.lit(null));
      return [
        count(mine).as('mine'),
        count(ofRoles(tasks, roleKeysOf(user))).as('role'),
        count(overdue(mine)).as('overdue'),
        forAdmins(unrouted(tasks)).as('unrouted'),
        forAdmins(tasks).as('all'),
      ];
    })
    .$narrowType<{ mine: NotNull; role: NotNull; overdue: NotNull }>()
    .executeTakeFirstOrThrow();
};
