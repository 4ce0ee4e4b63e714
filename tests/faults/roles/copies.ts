import { isDeepStrictEqual } from 'node:util';
import type { MikroORM } from '@mikro-orm/postgresql';
import {
  type MemberSnapshot,
  memberSnapshot,
  type PersonSnapshot,
  personSnapshot,
  type RoleSnapshot,
  roleSnapshot,
} from '../../../api/auth/snapshots.service.ts';
import { applyPerson } from '../../../api/helpdesk/person.service.ts';
import { applyRole, applyRoleMember } from '../../../api/tracking/members.service.ts';
import type { Arena } from '../arena/arena.ts';

const query = async <Row extends object>({ database }: Arena, text: string): Promise<Row[]> =>
  (await database.query<Row>(text)).rows;

// What auth says of itself, in its own tables, beside what the others have made of it.
const pairs = {
  roles: [
    `select r.id, r.key, r.name, r.is_active as active, r.version from auth.role r
     join auth.system s on s.id = r.system_id where s.slug = 'tts' order by r.id`,
    'select id, key, name, active, version from tracking.role order by id',
  ],
  members: [
    `select a.role_id, a.user_id, a.is_active and u.is_active and u.status = 'approved' as active, a.version
     from auth.user_system_role a join auth.role r on r.id = a.role_id join auth.system s on s.id = r.system_id
     join auth."user" u on u.id = a.user_id where s.slug = 'tts' order by 1, 2`,
    'select role_id, user_id, active, version from tracking.role_member order by 1, 2',
  ],
  'roles of tickets': [
    `select t.number, r.name from helpdesk.ticket t join auth.role r on r.key = t.role_key
     join auth.system s on s.id = r.system_id where s.slug = 'tts' order by 1`,
    'select number, role_name as name from helpdesk.ticket where role_key is not null order by 1',
  ],
  people: [
    `select u.id, u.email, u.version, coalesce(array_agg(r.key order by r.id)
       filter (where a.is_active and r.is_active and s.slug = 'hdts'), '{}') as roles
     from auth."user" u left join auth.user_system_role a on a.user_id = u.id left join auth.role r on r.id = a.role_id
     left join auth.system s on s.id = r.system_id group by u.id order by u.id`,
    `select user_id as id, email, version, array(select jsonb_array_elements_text(roles)) as roles
     from helpdesk.person order by user_id`,
  ],
} as const;

/** Where copies and auth differ, in words. */
export const differences = async (arena: Arena): Promise<string[]> => {
  const found: string[] = [];
  for (const [name, [there, here]] of Object.entries(pairs)) {
    const [facts, copies] = [await query<object>(arena, there), await query<object>(arena, here)];
    for (const fact of facts)
      if (!copies.some((copy) => isDeepStrictEqual(copy, fact))) found.push(`${name} lack ${JSON.stringify(fact)}`);
    if (copies.length !== facts.length) found.push(`${name} are ${copies.length}, they should be ${facts.length}`);
  }
  return found;
};

/** Facts of auth as they were at a moment. */
export interface Snapshots {
  roles: RoleSnapshot[];
  members: MemberSnapshot[];
  people: PersonSnapshot[];
}

export const snapshotsOf = async (arena: Arena, orm: MikroORM): Promise<Snapshots> => {
  const em = orm.em.fork();
  const roles = await query<{ id: number }>(arena, pairs.roles[0]);
  const members = await query<{ role_id: number; user_id: number }>(arena, pairs.members[0]);
  const people = await query<{ id: number }>(arena, pairs.people[0]);
  const all = async <Item, Snapshot>(items: Item[], read: (item: Item) => Promise<Snapshot | null>) =>
    (await Promise.all(items.map(read))).flatMap((snapshot) => snapshot ?? []);
  return {
    roles: await all(roles, ({ id }) => roleSnapshot(em.fork(), id)),
    members: await all(members, (one) => memberSnapshot(em.fork(), { userId: one.user_id, roleId: one.role_id })),
    people: await all(people, ({ id }) => personSnapshot(em.fork(), id)),
  };
};

/** Brings old facts once more, as a message that was long under way; answers how many were taken. */
export const bringAgain = async (orm: MikroORM, { roles, members, people }: Snapshots): Promise<number> => {
  const em = orm.em.fork();
  let taken = 0;
  for (const role of roles) taken += (await applyRole(em.fork(), role)) ? 1 : 0;
  for (const member of members) taken += (await applyRoleMember(em.fork(), member)).applied ? 1 : 0;
  for (const person of people) taken += (await applyPerson(em.fork(), person)) ? 1 : 0;
  return taken;
};
