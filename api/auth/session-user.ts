import type { EntityManager } from '@mikro-orm/postgresql';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { System } from '../../workflows/ticket/rules/words.ts';
import type { SessionUser } from '../http/user.ts';
import { auth } from './auth.tables.ts';
import { fullName } from './people.service.ts';

interface RoleRow {
  slug: System;
  system: string;
  key: string;
  name: string;
}

/** A user with active roles from active assignments, as PostgreSQL returns it. */
export interface SessionUserRow {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  suffix: string | null;
  department: SessionUser['department'];
  /** Sorted by system, then by role. */
  roles: RoleRow[];
}

/** A query for users who may sign in; everybody else counts as unknown. */
export const sessionUsers = (em: EntityManager) =>
  auth(em)
    .selectFrom('auth.user as u')
    .where('u.is_active', '=', true)
    .where('u.status', '=', 'approved')
    .select((user) => [
      'u.id',
      'u.email',
      'u.first_name as firstName',
      'u.last_name as lastName',
      'u.suffix',
      'u.department',
      jsonArrayFrom(
        user
          .selectFrom('auth.user_system_role as a')
          .innerJoin('auth.role as r', 'r.id', 'a.role_id')
          .innerJoin('auth.system as s', 's.id', 'r.system_id')
          .whereRef('a.user_id', '=', 'u.id')
          .where('a.is_active', '=', true)
          .where('r.is_active', '=', true)
          .select(['s.slug', 's.name as system', 'r.key', 'r.name'])
          .orderBy('s.id')
          .orderBy('r.id'),
      ).as('roles'),
    ]);

const systemsOf = (roles: RoleRow[]): SessionUser['systems'] => {
  const systems: SessionUser['systems'] = [];
  for (const { slug, system, key, name } of roles) {
    const known = systems.find((candidate) => candidate.slug === slug);
    if (known) known.roles.push({ key, name });
    else systems.push({ slug, name: system, roles: [{ key, name }] });
  }
  return systems;
};

export const sessionUserOf = (row: SessionUserRow): SessionUser => ({
  id: row.id,
  name: fullName(row),
  email: row.email,
  department: row.department,
  systems: systemsOf(row.roles),
});

/** Null for an unknown user and for one who may not be signed in. */
export const loadSessionUser = async (em: EntityManager, userId: number): Promise<SessionUser | null> => {
  const row = await sessionUsers(em).where('u.id', '=', userId).executeTakeFirst();
  return row ? sessionUserOf(row) : null;
};
