import type { EntityManager } from '@mikro-orm/postgresql';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { User } from './auth.entity.ts';
import type { Me, SignInBody } from './auth.schema.ts';
import { hashPassword, isOutdated, verifyPassword } from './password.ts';
import { loadSessionUser } from './session-user.ts';
import { canSignIn } from './users.service.ts';

const refusal = (): AppError => new AppError('invalid_credentials', 'The e-mail or the password is not right.');

/**
 * Finds the user with these credentials. An unknown user, one without a password and one who may not sign in get the same
 * answer after the same work as a wrong password.
 * @throws AppError `invalid_credentials`
 */
export const checkCredentials = async (em: EntityManager, { email, password }: SignInBody): Promise<SessionUser> => {
  const user = await em.findOne(User, { email }, { populate: ['passwordHash'] });
  // Users who may not sign in count as having no password, so that even their right one costs what a wrong one does.
  const passwordHash = user && canSignIn(user) ? (user.passwordHash ?? null) : null;
  const [right, found] = await Promise.all([
    verifyPassword(passwordHash, password),
    user && loadSessionUser(em, user.id),
  ]);
  if (!user || !right || !found) throw refusal();
  if (user.passwordHash && isOutdated(user.passwordHash)) {
    user.passwordHash = await hashPassword(password);
    await em.flush();
  }
  return found;
};

export const meView = ({ systems, ...user }: SessionUser): Me => ({ user, systems });
