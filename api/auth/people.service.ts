import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { User, UserSystemRole } from './auth.entity.ts';
import { canSignIn } from './users.service.ts';

export interface Person {
  id: number;
  name: string;
  email: string;
  /** May sign in now. Nobody else gets mail. */
  active: boolean;
}

export const fullName = (user: { firstName: string; lastName: string; suffix?: string | null }): string =>
  [user.firstName, user.lastName, user.suffix].filter(Boolean).join(' ');

const personOf = (user: User): Person => ({
  id: user.id,
  name: fullName(user),
  email: user.email,
  active: canSignIn(user),
});

/** Names and addresses of users; unknown ids are left out. */
export const peopleByIds = async (em: EntityManager, ids: Iterable<number>): Promise<Map<number, Person>> => {
  const users = await em.find(User, { id: [...new Set(ids)] });
  return new Map(users.map((user) => [user.id, personOf(user)]));
};

/** The active members of the role with this key, by id. */
export const activeMembers = async (em: EntityManager, system: System, roleKey: string): Promise<Person[]> => {
  const assignments = await em.find(
    UserSystemRole,
    {
      isActive: true,
      role: { key: roleKey, isActive: true, system: { slug: system } },
      user: { isActive: true, status: 'approved' },
    },
    { populate: ['user'], orderBy: { user: { id: 'asc' } } },
  );
  return assignments.map((assignment) => personOf(assignment.user));
};

/** A user's name, locked until the transaction ends; null when there is no such user. */
export const holdUserName = async (em: EntityManager, userId: number): Promise<string | null> => {
  const user = await em.findOne(User, userId, { lockMode: LockMode.PESSIMISTIC_READ, refresh: true });
  return user && fullName(user);
};
