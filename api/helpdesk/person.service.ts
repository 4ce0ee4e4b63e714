import type { EntityManager } from '@mikro-orm/postgresql';
import type { Department } from '../../workflows/ticket/rules/words.ts';

export interface PersonCopy {
  userId: number;
  name: string;
  email: string;
  department: Department | null;
  companyId: string | null;
  isEmployee: boolean;
  isStaff: boolean;
  roles: string[];
  active: boolean;
  version: number;
}

const upsert = `
  insert into helpdesk.person
    (user_id, name, email, department, company_id, is_employee, is_staff, roles, active, version)
  values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
  on conflict (user_id) do update set
    name = excluded.name, email = excluded.email, department = excluded.department, company_id = excluded.company_id,
    is_employee = excluded.is_employee, is_staff = excluded.is_staff, roles = excluded.roles, active = excluded.active,
    version = excluded.version
  where person.version < excluded.version
  returning user_id`;

/** Keeps what auth says of a person; false when this or a newer version was there. */
export const applyPerson = async (em: EntityManager, person: PersonCopy): Promise<boolean> => {
  const rows = await em.execute<{ user_id: number }[]>(upsert, [
    person.userId,
    person.name,
    person.email,
    person.department,
    person.companyId,
    person.isEmployee,
    person.isStaff,
    JSON.stringify(person.roles),
    person.active,
    person.version,
  ]);
  return rows.length > 0;
};

/** Which version of each of these people is here, by the id of the user. */
export const personVersionsHere = async (em: EntityManager, userIds: number[]): Promise<Map<number, number>> => {
  if (userIds.length === 0) return new Map();
  const rows = await em.execute<{ id: number; version: number }[]>(
    `select user_id as id, version from helpdesk.person where user_id in (${userIds.map(() => '?').join(', ')})`,
    userIds,
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
};
