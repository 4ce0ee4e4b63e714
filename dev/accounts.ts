import { verify } from '@node-rs/argon2';
import { z } from 'zod';
import { type PrintedAccount, printedAccounts } from '../seeds/accounts.ts';
import { queryOnce } from './postgres-address.ts';

const known = z.array(z.object({ email: z.string(), hash: z.string().nullable() }));

/** The accounts of the base data that are there and still have their public password. */
export const accountsAsPrinted = async (databaseUrl: string): Promise<PrintedAccount[]> => {
  const emails = printedAccounts.map(({ email }) => email.toLowerCase());
  const query = `select email, password_hash as hash from auth."user" where is_active and status = 'approved' and email = any($1)`;
  const users = known.parse(await queryOnce(databaseUrl, query, [emails]));
  const hashes = new Map(users.map(({ email, hash }) => [email, hash]));
  const right = await Promise.all(
    printedAccounts.map(({ email, password }) => {
      const hash = hashes.get(email.toLowerCase());
      return hash ? verify(hash, password) : false;
    }),
  );
  return printedAccounts.filter((_, index) => right[index]);
};
