import type { EntityManager } from '@mikro-orm/postgresql';
import { when } from '../db/page.ts';
import { execute } from '../db/prepared.ts';
import { ask, type Question, question, type Write } from '../db/statements.ts';

export interface Member {
  id: number;
  name: string;
}

/** Asks for the role's turn and holds it until the transaction ends: nobody else chooses, joins or leaves meanwhile. */
export const heldTurnOf = (role: string | null): Question<object> =>
  question('select role from tracking.rotation where role = ? for update', role);

/** Makes the turn that can be held of a role in which nobody was ever chosen. */
export const beginTurns = async (em: EntityManager, role: string): Promise<void> => {
  await execute(em, `insert into tracking.rotation (role) values (?) on conflict do nothing`, [role]);
};

/** As `heldTurnOf`, also for a role in which nobody was ever chosen. */
const lockRotation = async (em: EntityManager, role: string): Promise<void> => {
  const [held] = await ask(em, heldTurnOf(role));
  if (held) return;
  await beginTurns(em, role);
  await lockRotation(em, role);
};

const activeMembers = `select m.user_id as id, m.name from tracking.role_member m
  join tracking.role r on r.id = m.role_id where r.name = ? and r.active and m.active`;

/** Gives the step to the next active member of the role, in turn, whose turn must be held; `chosenMember` says to whom. */
export const chooseInTurn = (role: string | null): Write => ({
  as: 'chosen',
  ...when(
    `update tracking.rotation t set last_user_id = next.id
     from (${activeMembers}
       order by (m.user_id > (select last_user_id from tracking.rotation where role = r.name)) desc, m.user_id limit 1) next
     where t.role = ? returning next.id, next.name`,
    role,
    role,
  ),
});

/** Asks who was chosen; nobody while the role has no active member. */
export const chosenMember: Question<Member> = question('select id, name from chosen');

/** This user as a member of the role; null when it is not an active one. */
export const memberOf = async (em: EntityManager, role: string, userId: number): Promise<Member | null> => {
  const [member] = await execute<Member>(em, `${activeMembers} and m.user_id = ?`, [role, userId]);
  return member ?? null;
};

/** Whether a step is in the wrong hands: its assignee has left the role, or it has none although somebody could take it. */
export const needsAssignee = async (em: EntityManager, role: string, assigneeId: number | null): Promise<boolean> => {
  if (assigneeId !== null) return (await memberOf(em, role, assigneeId)) === null;
  const [anyone] = await execute<Member>(em, `${activeMembers} limit 1`, [role]);
  return anyone !== undefined;
};

/**
 * The tickets whose step must be looked at again after a member of the role came or went: those that wait for the
 * role, and those that this user holds in it, or anybody when the role itself has changed. Call it in the transaction
 * that changed the member or the role.
 */
export const ticketsToRecheck = async (
  em: EntityManager,
  { role, userId }: { role: string; userId: number | null },
): Promise<string[]> => {
  await lockRotation(em, role);
  const rows = await execute<{ number: string }>(
    em,
    `select number from tracking.task where role = ? and (state = 'waiting' or (state = 'held' and assignee_id = coalesce(?, assignee_id)))`,
    [role, userId],
  );
  return rows.map((row) => row.number);
};

/** Tickets after this one whose step is in the wrong hands, as `needsAssignee` says it: their workflows have not heard of it. */
export const ticketsInWrongHands = async (em: EntityManager, after: string, limit: number): Promise<string[]> => {
  const rows = await execute<{ number: string }>(
    em,
    `select t.number from tracking.task t
     where t.number > ? and ((t.state = 'waiting' and exists (${activeMembers.replace('?', 't.role')}))
        or (t.state = 'held' and not exists (${activeMembers.replace('?', 't.role')} and m.user_id = t.assignee_id)))
     order by t.number limit ?`,
    [after, limit],
  );
  return rows.map((row) => row.number);
};
