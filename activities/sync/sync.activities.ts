import { memberSnapshot, personSnapshot, roleSnapshot } from '../../api/auth/snapshots.service.ts';
import type { Context } from '../../api/context.ts';
import { applyPerson } from '../../api/helpdesk/person.service.ts';
import { type Applied, applyRole, applyRoleMember } from '../../api/tracking/members.service.ts';

const nothing: Applied = { applied: false, waiting: [] };

/** Carries auth's facts to the modules that copy them: always the newest state, whichever version the workflow was started for. */
export const createSyncActivities = ({ orm }: Pick<Context, 'orm'>) => ({
  syncRole: async (roleId: number): Promise<Applied> => {
    const snapshot = await roleSnapshot(orm.em.fork(), roleId);
    return snapshot ? applyRole(orm.em.fork(), snapshot) : nothing;
  },

  syncRoleMember: async (member: { userId: number; roleId: number }): Promise<Applied> => {
    const snapshot = await memberSnapshot(orm.em.fork(), member);
    return snapshot ? applyRoleMember(orm.em.fork(), snapshot) : nothing;
  },

  syncPerson: async (userId: number): Promise<{ applied: boolean }> => {
    const snapshot = await personSnapshot(orm.em.fork(), userId);
    return { applied: snapshot ? await applyPerson(orm.em.fork(), snapshot) : false };
  },
});
export type SyncActivities = ReturnType<typeof createSyncActivities>;
