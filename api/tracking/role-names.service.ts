import type { EntityManager } from '@mikro-orm/postgresql';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import { tracking } from './tracking.tables.ts';

/** Returns the current name of a role; one that auth has not sent yet is named after its key. */
export type RoleName = (key: string) => string;

export const roleNames = async (em: EntityManager): Promise<RoleName> => {
  const roles = await tracking(em).selectFrom('tracking.role').select(['key', 'name']).execute();
  const names = new Map(roles.map(({ key, name }) => [key, name]));
  return (key) => names.get(key) ?? readableRole(key);
};
