import type { EntityManager } from '@mikro-orm/postgresql';
import { holdUserName } from '../../api/auth/people.service.ts';
import { holdRoleName } from '../../api/auth/roles.service.ts';
import { memberSnapshot, personSnapshot, roleSnapshot } from '../../api/auth/snapshots.service.ts';
import type { Context } from '../../api/context.ts';
import * as helpdesk from '../../api/helpdesk/name-copies.service.ts';
import { applyPerson } from '../../api/helpdesk/person.service.ts';
import * as messaging from '../../api/messaging/name-copies.service.ts';
import { applyRole, applyRoleMember } from '../../api/tracking/members.service.ts';
import * as tracking from '../../api/tracking/name-copies.service.ts';
import { hintTickets } from './hint-tickets.ts';
import { doInPages, type Page } from './pages.ts';
import { renameIn } from './rename.ts';

export interface Applied {
  /** False when this or a newer version was already there. */
  applied: boolean;
  /** Always empty, because the activity signals the tickets. In older releases the workflow signalled the tickets named here. */
  waiting: string[];
}

const nothing: Applied = { applied: false, waiting: [] };

/**
 * Copies auth's facts to the other modules: always the newest state, whichever version the workflow was started for. The
 * follow-up work runs even when nothing was new, because a worker may have died before it.
 */
export const createSyncActivities = ({ orm, temporal }: Pick<Context, 'orm' | 'temporal'>) => {
  // Recording a change copies the requester's name from the help desk to tracking, and the assignee's from tracking to the
  // help desk, while the ticket is locked. In this order, no concurrent change can bring an old name back.
  const renamePerson = (userId: number): Page[] => {
    const person = { id: userId, holdName: (em: EntityManager) => holdUserName(em, userId) };
    return [
      renameIn(orm, person, helpdesk.requesterNames),
      renameIn(orm, person, tracking.requesterNames),
      renameIn(orm, person, tracking.assigneeNames),
      renameIn(orm, person, tracking.visitorNames),
      renameIn(orm, person, helpdesk.assigneeNames),
      renameIn(orm, person, helpdesk.actorNames),
      renameIn(orm, person, messaging.authorNames),
    ];
  };

  return {
    syncRole: async (roleId: number): Promise<Applied> => {
      const role = await roleSnapshot(orm.em.fork(), roleId);
      if (!role) return nothing;
      const applied = await applyRole(orm.em.fork(), role);
      const renamed = { id: role.key, holdName: (em: EntityManager) => holdRoleName(em, roleId) };
      await doInPages([
        renameIn(orm, renamed, helpdesk.roleNames),
        hintTickets({ orm, temporal }, { roleKey: role.key, userId: null }),
      ]);
      return { applied, waiting: [] };
    },

    syncRoleMember: async ({ userId, roleId }: { userId: number; roleId: number }): Promise<Applied> => {
      const member = await memberSnapshot(orm.em.fork(), { userId, roleId });
      if (!member) return nothing;
      const { applied, roleKey } = await applyRoleMember(orm.em.fork(), member);
      const hints = roleKey === null ? [] : [hintTickets({ orm, temporal }, { roleKey, userId })];
      await doInPages([...renamePerson(userId), ...hints]);
      return { applied, waiting: [] };
    },

    syncPerson: async (userId: number): Promise<{ applied: boolean }> => {
      const person = await personSnapshot(orm.em.fork(), userId);
      if (!person) return { applied: false };
      const applied = await applyPerson(orm.em.fork(), person);
      await doInPages(renamePerson(userId));
      return { applied };
    },
  };
};
export type SyncActivities = ReturnType<typeof createSyncActivities>;
