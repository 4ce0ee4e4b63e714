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
 * Finds the user of these credentials. Whoever is unknown, has no password or may not sign in gets the same answer after
 * the same work as somebody who mistyped.
 * @throws AppError `invalid_credentials`
 */
export const checkCredentials = async (em: EntityManager, { email, password }: SignInBody): Promise<SessionUser> => {
  const user = await em.findOne(User, { email }, { populate: ['passwordHash'] });
  // Whoever may not sign in has no password here: the right one, too, must cost what a wrong one costs.
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
