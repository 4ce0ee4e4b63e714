import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adminDatabaseUrl, queryOnce } from './postgres-address.ts';
import { app, database } from './postgres-files.ts';

const giveToApp = join(import.meta.dirname, 'app-role.sql');

/** Creates the role of the product and its database, where they are missing, and gives it what is in there. */
export const prepareDatabase = async (port: number): Promise<void> => {
  const admin = adminDatabaseUrl(port);
  const roles = await queryOnce(admin, 'select from pg_roles where rolname = $1', [app.user]);
  if (roles.length === 0) await queryOnce(admin, `create role ${app.user} login password '${app.password}'`);
  const databases = await queryOnce(admin, 'select from pg_database where datname = $1', [database]);
  if (databases.length === 0) await queryOnce(admin, `create database ${database} owner ${app.user}`);
  await queryOnce(adminDatabaseUrl(port, database), await readFile(giveToApp, 'utf8'));
};
