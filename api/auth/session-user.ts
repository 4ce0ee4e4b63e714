import type { EntityManager } from '@mikro-orm/postgresql';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { ask, type Question, question } from '../db/statements.ts';
import type { SessionUser } from '../http/user.ts';
import { fullName } from './people.service.ts';

/** The columns of `sessionUserColumns`, as PostgreSQL returns them. */
export interface SessionUserRow {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  suffix: string | null;
  department: SessionUser['department'];
  systems: { slug: System; name: string; roles: string[] }[];
}

/** Who may be signed in at all; everybody else is as good as unknown. */
export const mayBeSignedIn = `u.is_active and u.status = 'approved'`;

/** A user `u` with the active roles of active assignments, in one query. */
export const sessionUserColumns = `
  u.id, u.email, u.first_name as "firstName", u.last_name as "lastName", u.suffix, u.department,
  coalesce((
    select json_agg(json_build_object('slug', s.slug, 'name', s.name, 'roles', s.roles) order by s.id)
    from (
      select y.id, y.slug, y.name, json_agg(r.name order by r.id) as roles
      from auth.user_system_role a
      join auth.role r on r.id = a.role_id and r.is_active
      join auth.system y on y.id = r.system_id
      where a.user_id = u.id and a.is_active
      group by y.id
    ) s
  ), '[]') as systems`;

export const sessionUserOf = (row: SessionUserRow): SessionUser => ({
  id: row.id,
  name: fullName(row),
  email: row.email,
  department: row.department,
  systems: row.systems,
});

/** Asks for the user who may be signed in under this id. */
export const sessionUserWith = (userId: number | null): Question<SessionUserRow> =>
  question(`select ${sessionUserColumns} from auth."user" u where u.id = ? and ${mayBeSignedIn}`, userId);

/** Null for an unknown user and for one who may not be signed in. */
export const loadSessionUser = async (em: EntityManager, userId: number): Promise<SessionUser | null> => {
  const [row] = await ask(em, sessionUserWith(userId));
  return row ? sessionUserOf(row) : null;
};
