import type { NameCopies } from '../db/name-copies.ts';
import { tracking } from './tracking.tables.ts';

// The names of people that tracking has copied from auth, to be found again when somebody is renamed. What a role is
// called is read by its key, from the one row of the role.

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

/** Those who have sent tickets. */
export const requesterNames = ofTasks('requester_id', 'requester_name');

/** Those who hold a step now. */
export const assigneeNames = ofTasks('assignee_id', 'assignee_name');

/** Those who have held a step. A ticket that has come to them several times is of one page. */
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
