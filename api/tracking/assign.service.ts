import type { EntityManager } from '@mikro-orm/postgresql';
import { type ExpressionBuilder, sql } from 'kysely';
import { type TrackingTables, tracking } from './tracking.tables.ts';

// Chooses assignees. Choosing, taking a step, joining and leaving a role all lock the role's rotation, so they run one by one.

export interface Member {
  id: number;
  name: string;
}

/** Locks the role's rotation until the transaction ends: nobody else can choose, join or leave meanwhile. */
export const lockRotation = async (em: EntityManager, roleKey: string): Promise<void> => {
  await tracking(em)
    .insertInto('tracking.rotation')
    .values({ role_key: roleKey })
    // An update that changes nothing locks the row, whether it existed or not.
    .onConflict((conflict) => conflict.column('role_key').doUpdateSet({ role_key: roleKey }))
    .execute();
};

/** The active members of an active role. */
const activeMembers = (em: EntityManager) =>
  tracking(em)
    .selectFrom('tracking.role_member as m')
    .innerJoin('tracking.role as r', 'r.id', 'm.role_id')
    .where('r.active', '=', true)
    .where('m.active', '=', true);

/**
 * The next active member of the role in rotation; null when there is none. `barred` is left out: the requester, who must not
 * decide about the own ticket; null for nobody. Lock the rotation first.
 */
export const chooseNext = async (em: EntityManager, roleKey: string, barred: number | null): Promise<Member | null> => {
  const chosen = await tracking(em)
    .with('next', () =>
      activeMembers(em)
        .innerJoin('tracking.rotation as t', 't.role_key', 'r.key')
        .select(['m.user_id as id', 'm.name'])
        .where('r.key', '=', roleKey)
        .$if(barred !== null, (members) => members.where('m.user_id', '<>', barred))
        .orderBy((eb) => eb('m.user_id', '>', eb.ref('t.last_user_id')), 'desc')
        .orderBy('m.user_id')
        .limit(1),
    )
    .updateTable('tracking.rotation')
    .from('next')
    .set((eb) => ({ last_user_id: eb.ref('next.id') }))
    .where('role_key', '=', roleKey)
    .returning(['next.id', 'next.name'])
    .executeTakeFirst();
  return chosen ?? null;
};

/** This user as a member of the role; null unless an active one. */
export const memberOf = async (em: EntityManager, roleKey: string, userId: number): Promise<Member | null> => {
  const member = await activeMembers(em)
    .select(['m.user_id as id', 'm.name'])
    .where('r.key', '=', roleKey)
    .where('m.user_id', '=', userId)
    .executeTakeFirst();
  return member ?? null;
};

/** Who has a step, or why it waits. */
export interface Assigned {
  assigneeId: number | null;
  onlyRequester: boolean;
  /** The requester, who must not get the step; null: anybody may. */
  barred: number | null;
}

/**
 * Whether a step needs a new assignee: its assignee has left the role or is barred, or it has none although the role has a
 * member who is not. Also when it waits for another reason now, so that pages tell the right one.
 */
export const needsAssignee = async (
  em: EntityManager,
  roleKey: string,
  { assigneeId, onlyRequester, barred }: Assigned,
): Promise<boolean> => {
  if (assigneeId !== null) return assigneeId === barred || (await memberOf(em, roleKey, assigneeId)) === null;
  const members = await activeMembers(em)
    .select((eb) => eb('m.user_id', 'is distinct from', barred).as('mayHold'))
    .distinct()
    .where('r.key', '=', roleKey)
    .execute();
  return members.some(({ mayHold }) => mayHold) || members.length > 0 !== onlyRequester;
};

/** A member joined or left the role. Without a user, the role itself changed. */
export interface ChangedMembers {
  roleKey: string;
  userId: number | null;
}

/**
 * A page of tickets whose assignee must be checked: those that wait for the role, and those that this user holds in it (or
 * anybody, when the role itself changed). Read it after that change is committed.
 */
export const ticketsToRecheck = async (
  em: EntityManager,
  { roleKey, userId }: ChangedMembers,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> => {
  const rows = await tracking(em)
    .selectFrom('tracking.task')
    .select('number')
    .where('role_key', '=', roleKey)
    .where(({ eb, or }) => {
      const held = eb('state', '=', 'held');
      return or([eb('state', '=', 'waiting'), userId === null ? held : held.and('assignee_id', '=', userId)]);
    })
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map((row) => row.number);
};

type OfTask = ExpressionBuilder<TrackingTables & { t: TrackingTables['tracking.task'] }, 't'>;

/** The members who may have the task's step. */
const membersOfTask = (eb: OfTask) =>
  eb
    .selectFrom('tracking.role_member as m')
    .innerJoin('tracking.role as r', 'r.id', 'm.role_id')
    .select(sql<number>`1`.as('one'))
    .where('r.active', '=', true)
    .where('m.active', '=', true)
    .whereRef('r.key', '=', 't.role_key')
    .where((member) =>
      member.or([member('t.requester_may_act', '=', true), member('m.user_id', '<>', member.ref('t.requester_id'))]),
    );

/** A page of tickets after this one that need another assignee, by the rule of `needsAssignee`. Their workflows missed the change. */
export const ticketsInWrongHands = async (em: EntityManager, after: string, limit: number): Promise<string[]> => {
  const rows = await tracking(em)
    .selectFrom('tracking.task as t')
    .select('t.number')
    .where('t.number', '>', after)
    .where((eb) =>
      eb.or([
        eb.and([eb('t.state', '=', 'waiting'), eb.exists(membersOfTask(eb))]),
        eb.and([
          eb('t.state', '=', 'held'),
          eb.not(eb.exists(membersOfTask(eb).whereRef('m.user_id', '=', 't.assignee_id'))),
        ]),
      ]),
    )
    .orderBy('t.number')
    .limit(limit)
    .execute();
  return rows.map((row) => row.number);
};
