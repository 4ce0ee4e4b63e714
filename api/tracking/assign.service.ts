import type { EntityManager } from '@mikro-orm/postgresql';
import { when } from '../db/page.ts';
import { execute } from '../db/prepared.ts';
import { ask, type Question, question, type Write } from '../db/statements.ts';
import { tracking } from './tracking.tables.ts';

export interface Member {
  id: number;
  name: string;
}

/** Asks for the role's turn and holds it until the transaction ends: nobody else chooses, joins or leaves meanwhile. */
export const heldTurnOf = (roleKey: string | null): Question<object> =>
  question('select from tracking.rotation where role_key = ? for update', roleKey);

/** Makes the turn that can be held of a role in which nobody was ever chosen. */
export const beginTurns = async (em: EntityManager, roleKey: string): Promise<void> => {
  await execute(em, `insert into tracking.rotation (role_key) values (?) on conflict do nothing`, [roleKey]);
};

/** Holds the role's turn until the transaction ends, also of a role in which nobody was ever chosen. */
export const holdTurn = async (em: EntityManager, roleKey: string): Promise<void> => {
  const [held] = await ask(em, heldTurnOf(roleKey));
  if (held) return;
  await beginTurns(em, roleKey);
  await holdTurn(em, roleKey);
};

const activeMembers = `select m.user_id as id, m.name from tracking.role_member m
  join tracking.role r on r.id = m.role_id where r.key = ? and r.active and m.active`;

/** Gives the step to the next active member of the role, in turn, whose turn must be held; `chosenMember` says to whom. */
export const chooseInTurn = (roleKey: string | null): Write => ({
  as: 'chosen',
  ...when(
    `update tracking.rotation t set last_user_id = next.id
     from (${activeMembers}
       order by (m.user_id > (select last_user_id from tracking.rotation where role_key = r.key)) desc, m.user_id limit 1) next
     where t.role_key = ? returning next.id, next.name`,
    roleKey,
    roleKey,
  ),
});

/** Asks who was chosen; nobody while the role has no active member. */
export const chosenMember: Question<Member> = question('select id, name from chosen');

/** This user as a member of the role; null when it is not an active one. */
export const memberOf = async (em: EntityManager, roleKey: string, userId: number): Promise<Member | null> => {
  const [member] = await execute<Member>(em, `${activeMembers} and m.user_id = ?`, [roleKey, userId]);
  return member ?? null;
};

/** Whether a step is in the wrong hands: its assignee has left the role, or it has none although somebody could take it. */
export const needsAssignee = async (
  em: EntityManager,
  roleKey: string,
  assigneeId: number | null,
): Promise<boolean> => {
  if (assigneeId !== null) return (await memberOf(em, roleKey, assigneeId)) === null;
  const [anyone] = await execute<Member>(em, `${activeMembers} limit 1`, [roleKey]);
  return anyone !== undefined;
};

export interface ChangedMembers {
  roleKey: string;
  /** Null: the role itself has changed, and with it all its members. */
  userId: number | null;
}

/**
 * A page of the tickets whose step must be looked at again after a member of the role came or went: those that wait for
 * the role, and those that this user holds in it, or anybody when the role itself has changed. In the order of their
 * numbers, after this one. Call it when the change of the member or the role, made under `holdTurn`, is committed.
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

/** Tickets whose step is in the wrong hands, as `needsAssignee` says it: their workflows have not heard of it. */
export const ticketsInWrongHands = async (em: EntityManager): Promise<string[]> => {
  const rows = await execute<{ number: string }>(
    em,
    `select t.number from tracking.task t
     where (t.state = 'waiting' and exists (${activeMembers.replace('?', 't.role_key')}))
        or (t.state = 'held' and not exists (${activeMembers.replace('?', 't.role_key')} and m.user_id = t.assignee_id))
     order by t.number`,
  );
  return rows.map((row) => row.number);
};
