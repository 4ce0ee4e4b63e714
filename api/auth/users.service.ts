import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Department } from '../../workflows/ticket/rules/words.ts';
import { AppError } from '../http/problem.ts';
import { announceNewUser, announceUser } from './announce.ts';
import { User, type UserStatus } from './auth.entity.ts';
import { emailAddress } from './auth.schema.ts';
import { hashPassword } from './password.ts';
import { Session } from './session.entity.ts';

interface UserFacts {
  firstName: string;
  middleName?: string | null;
  lastName: string;
  suffix?: string | null;
  phone?: string | null;
  companyId?: string | null;
  department?: Department | null;
  status?: UserStatus;
}

export interface NewUser extends UserFacts {
  email: string;
  username: string;
  password?: string;
  /** A hash made once, for many users with the same password. */
  passwordHash?: string;
}

/** @throws AppError `not_found` */
export const lockUser = async (em: EntityManager, userId: number): Promise<User> => {
  const user = await em.findOne(User, userId, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!user) throw new AppError('not_found', `User does not exist: ${userId}`);
  return user;
};

/**
 * Creates a user by e-mail and starts the sync to the help desk. An existing one stays as it is.
 * @throws AppError `not_allowed` when another user has the username or the company id.
 */
export const createUser = async (em: EntityManager, input: NewUser): Promise<{ id: number; created: boolean }> => {
  const { password, passwordHash, ...facts } = input;
  const email = emailAddress.parse(input.email);
  const standing = await em.findOne(User, { email });
  if (standing) return { id: standing.id, created: false };
  await refuseTaken(em, input);
  const hash = passwordHash ?? (password === undefined ? null : await hashPassword(password));
  return em.transactional(async (tx) => {
    const user = tx.create(User, { ...facts, email, passwordHash: hash, version: 1 });
    await tx.persist(user).flush();
    announceNewUser(tx, user);
    return { id: user.id, created: true };
  });
};

const refuseTaken = async (em: EntityManager, { username, companyId }: NewUser): Promise<void> => {
  if (await em.count(User, { username })) {
    throw new AppError('not_allowed', `The username ${username} belongs to another user.`);
  }
  if (companyId && (await em.count(User, { companyId }))) {
    throw new AppError('not_allowed', `The company id ${companyId} belongs to another user.`);
  }
};

export type UserChanges = Partial<UserFacts & { isActive: boolean }>;

/**
 * Changes a user and starts the syncs of all copies. A user who may no longer sign in is signed out.
 * @throws AppError `not_found`
 */
export const changeUser = (em: EntityManager, userId: number, changes: UserChanges): Promise<{ version: number }> =>
  em.transactional(async (tx) => {
    const user = await lockUser(tx, userId);
    tx.assign(user, changes);
    if (!canSignIn(user)) await tx.nativeDelete(Session, { user: userId });
    await announceUser(tx, user);
    return { version: user.version };
  });

/**
 * Sets a new password and ends all sessions of the user.
 * @throws AppError `not_found`
 */
export const setPassword = async (em: EntityManager, userId: number, password: string): Promise<void> => {
  const passwordHash = await hashPassword(password);
  await em.transactional(async (tx) => {
    const user = await lockUser(tx, userId);
    user.passwordHash = passwordHash;
    await tx.nativeDelete(Session, { user: userId });
  });
};

export const canSignIn = (user: Pick<User, 'isActive' | 'status'>): boolean =>
  user.isActive === true && user.status === 'approved';
