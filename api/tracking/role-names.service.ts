import type { EntityManager } from '@mikro-orm/postgresql';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import { tracking } from './tracking.tables.ts';

/** What a role is called today. One that has not come from auth yet reads as its key says. */
export type RoleName = (key: string) => string;

export const roleNames = async (em: EntityManager): Promise<RoleName> => {
  const roles = await tracking(em).selectFrom('tracking.role').select(['key', 'name']).execute();
  const names = new Map(roles.map(({ key, name }) => [key, name]));
  return (key) => names.get(key) ?? readableRole(key);
};
