import type { EntityManager } from '@mikro-orm/postgresql';
import type { Department } from '../../workflows/ticket/rules/words.ts';
import { json } from '../db/query-builder.ts';
import { helpdesk } from './helpdesk.tables.ts';
import { Person } from './person.entity.ts';

export interface PersonCopy {
  userId: number;
  name: string;
  email: string;
  department: Department | null;
  companyId: string | null;
  isEmployee: boolean;
  isStaff: boolean;
  /** Keys of the roles that can be used now. */
  roles: string[];
  active: boolean;
  version: number;
}

/** Stores auth's copy of a person. Returns false when this or a newer version was already there. */
export const applyPerson = async (em: EntityManager, person: PersonCopy): Promise<boolean> => {
  const copy = {
    name: person.name,
    email: person.email,
    department: person.department,
    company_id: person.companyId,
    is_employee: person.isEmployee,
    is_staff: person.isStaff,
    roles: json(person.roles),
    active: person.active,
    version: person.version,
  };
  const applied = await helpdesk(em)
    .insertInto('helpdesk.person')
    .values({ user_id: person.userId, ...copy })
    .onConflict((there) =>
      there.column('user_id').doUpdateSet(copy).whereRef('helpdesk.person.version', '<', 'excluded.version'),
    )
    .returning('user_id')
    .executeTakeFirst();
  return applied !== undefined;
};

/** The stored version of each of these people, by user id. */
export const personVersionsHere = async (em: EntityManager, userIds: number[]): Promise<Map<number, number>> => {
  const people = await em.find(Person, { userId: userIds }, { fields: ['version'] });
  return new Map(people.map(({ userId, version }) => [userId, version]));
};
