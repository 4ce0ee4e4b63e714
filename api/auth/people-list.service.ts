import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { soughtBy } from '../db/search/sought.ts';
import { auth } from './auth.tables.ts';
import { findPeople } from './find-people.service.ts';
import type { PeopleQuery, PersonRow } from './people.schema.ts';
import { fullName } from './people.service.ts';

const most = 10;

const inAll = (lists: number[][]): number[] => lists.reduce((common, ids) => common.filter((id) => ids.includes(id)));

/** People who have each word in name or address; those who cannot sign in any more too, because their tickets remain. */
export const listPeople = async (em: EntityManager, { q, ids, of }: PeopleQuery): Promise<PersonRow[]> => {
  let people = auth(em).selectFrom('auth.user as u');
  if (ids) people = people.where('u.id', 'in', ids);
  if (q !== undefined) {
    const sought = soughtBy(q);
    if (sought.length === 0) return [];
    const found = inAll(await findPeople(em, sought, 'name and e-mail'));
    people = people.where('u.id', '=', sql<number>`any(${found}::int[])`);
  }
  if (of)
    people = people.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('auth.user_system_role as a')
          .innerJoin('auth.role as r', 'r.id', 'a.role_id')
          .innerJoin('auth.system as s', 's.id', 'r.system_id')
          .whereRef('a.user_id', '=', 'u.id')
          .where('s.slug', '=', of)
          .select('a.id'),
      ),
    );
  const rows = await people
    .select(['u.id', 'u.first_name as firstName', 'u.last_name as lastName', 'u.suffix', 'u.email', 'u.department'])
    .orderBy('u.first_name')
    .orderBy('u.last_name')
    .orderBy('u.id')
    .limit(ids ? ids.length : most)
    .execute();
  return rows.map(({ firstName, lastName, suffix, ...person }) => ({
    ...person,
    name: fullName({ firstName, lastName, suffix }),
  }));
};
