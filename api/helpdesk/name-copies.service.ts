import type { NameCopies } from '../db/name-copies.ts';
import { helpdesk } from './helpdesk.tables.ts';

// The names that the help desk copies from auth, so that a renaming can update them.

const ofTickets = (
  id: 'requester_id' | 'assignee_id',
  name: 'requester_name' | 'assignee_name',
): NameCopies<number, number> => ({
  start: 0,
  async next(em, userId, after, limit) {
    const page = helpdesk(em).selectFrom('helpdesk.ticket').select('id').where(id, '=', userId);
    const rows = await page.where('id', '>', after).orderBy('id').limit(limit).execute();
    return rows.map((row) => row.id);
  },
  async rename(em, userId, to, { after, last }) {
    const tickets = helpdesk(em)
      .updateTable('helpdesk.ticket')
      .set({ [name]: to })
      .where(id, '=', userId);
    await tickets.where('id', '>', after).where('id', '<=', last).where(name, 'is distinct from', to).execute();
  },
});

/** Names of requesters. */
export const requesterNames = ofTickets('requester_id', 'requester_name');

/** Names of current assignees. */
export const assigneeNames = ofTickets('assignee_id', 'assignee_name');

/** Names of actors in the timeline. The data of the entries stays as it was written. */
export const actorNames: NameCopies<number, number> = {
  start: 0,
  async next(em, userId, after, limit) {
    const page = helpdesk(em).selectFrom('helpdesk.timeline_entry').select('id').where('actor_id', '=', userId);
    const rows = await page.where('id', '>', after).orderBy('id').limit(limit).execute();
    return rows.map((row) => row.id);
  },
  async rename(em, userId, to, { after, last }) {
    const entries = helpdesk(em).updateTable('helpdesk.timeline_entry').set({ actor_name: to });
    await entries
      .where('actor_id', '=', userId)
      .where('id', '>', after)
      .where('id', '<=', last)
      .where('actor_name', 'is distinct from', to)
      .execute();
  },
};

/** Names of the roles that own current steps, by role key. */
export const roleNames: NameCopies<string, number> = {
  start: 0,
  async next(em, roleKey, after, limit) {
    const page = helpdesk(em).selectFrom('helpdesk.ticket').select('id').where('role_key', '=', roleKey);
    const rows = await page.where('id', '>', after).orderBy('id').limit(limit).execute();
    return rows.map((row) => row.id);
  },
  async rename(em, roleKey, to, { after, last }) {
    const tickets = helpdesk(em).updateTable('helpdesk.ticket').set({ role_name: to }).where('role_key', '=', roleKey);
    await tickets.where('id', '>', after).where('id', '<=', last).where('role_name', 'is distinct from', to).execute();
  },
};
