import type { NameCopies } from '../db/name-copies.ts';
import { tracking } from './tracking.tables.ts';

// The names of people that tracking copies from auth, so that a renaming can update them. Names of roles are not copied:
// they are read by key from the role's own row.

const ofTasks = (
  id: 'requester_id' | 'assignee_id',
  name: 'requester_name' | 'assignee_name',
): NameCopies<number, string> => ({
  start: '',
  async next(em, userId, after, limit) {
    const page = tracking(em).selectFrom('tracking.task').select('number').where(id, '=', userId);
    const rows = await page.where('number', '>', after).orderBy('number').limit(limit).execute();
    return rows.map((row) => row.number);
  },
  async rename(em, userId, to, { after, last }) {
    const tasks = tracking(em)
      .updateTable('tracking.task')
      .set({ [name]: to })
      .where(id, '=', userId);
    await tasks.where('number', '>', after).where('number', '<=', last).where(name, 'is distinct from', to).execute();
  },
});

/** Names of requesters. */
export const requesterNames = ofTasks('requester_id', 'requester_name');

/** Names of current assignees. */
export const assigneeNames = ofTasks('assignee_id', 'assignee_name');

/** Names of assignees in visits. All visits of one ticket are in the same page. */
export const visitorNames: NameCopies<number, string> = {
  start: '',
  async next(em, userId, after, limit) {
    const page = tracking(em).selectFrom('tracking.visit').select('number').where('assignee_id', '=', userId);
    const rows = await page.where('number', '>', after).orderBy('number').limit(limit).execute();
    return rows.map((row) => row.number);
  },
  async rename(em, userId, to, { after, last }) {
    const visits = tracking(em).updateTable('tracking.visit').set({ assignee_name: to });
    await visits
      .where('assignee_id', '=', userId)
      .where('number', '>', after)
      .where('number', '<=', last)
      .where('assignee_name', 'is distinct from', to)
      .execute();
  },
};
