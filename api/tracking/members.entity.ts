import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** Auth's copy of a role of TTS. Steps refer to its key; people see its name, which can change. */
export const TrackingRole = defineEntity({
  name: 'TrackingRole',
  schema: 'tracking',
  tableName: 'role',
  properties: {
    id: p.integer().primary().autoincrement(false),
    key: p.text().unique(),
    name: p.text(),
    active: p.boolean(),
    version: p.integer(),
  },
});
export type TrackingRole = InferEntity<typeof TrackingRole>;

/** A member of a role. It may arrive before the role itself, so there is no foreign key. */
export const RoleMember = defineEntity({
  name: 'RoleMember',
  schema: 'tracking',
  tableName: 'role_member',
  properties: {
    roleId: p.integer().primary().autoincrement(false),
    userId: p.integer().primary().autoincrement(false),
    name: p.text(),
    active: p.boolean(),
    version: p.integer(),
  },
});
export type RoleMember = InferEntity<typeof RoleMember>;
