import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { orExit, readDatabaseConfig } from '../config.ts';
import { openDatabase } from '../db/orm.ts';
import { probeDatabase } from '../db/probe.ts';
import { AppError } from '../http/problem.ts';
import { exitWith } from '../operations/program.ts';
import { User } from './auth.entity.ts';
import { emailAddress } from './auth.schema.ts';
import { setPassword } from './users.service.ts';

/**
 * Gives an account a random password and ends its sessions. Returns the password; it is stored nowhere.
 * @throws AppError `not_found`
 */
export const renewPassword = async (em: EntityManager, email: string): Promise<string> => {
  const address = emailAddress.safeParse(email).data;
  const user = address === undefined ? null : await em.findOne(User, { email: address });
  if (!user) throw new AppError('not_found', `There is no account ${email}.`);
  const password = randomBytes(15).toString('base64url');
  await setPassword(em, user.id, password);
  return password;
};

if (import.meta.main) {
  const [email = ''] = process.argv.slice(2);
  const { DATABASE_URL } = orExit(readDatabaseConfig);
  exitWith((await probeDatabase(DATABASE_URL)).problem);
  const orm = await openDatabase({ url: DATABASE_URL, pool: 2, limits: true });
  try {
    console.log(await renewPassword(orm.em.fork(), email));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(`${error.message} Give the e-mail of one: node api/auth/new-password.ts <e-mail>`);
    process.exitCode = 1;
  } finally {
    await orm.close();
  }
}
