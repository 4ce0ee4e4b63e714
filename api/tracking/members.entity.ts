import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** A role of TTS as auth says it is. Steps refer to it by its key; people read its name, which can change. */
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

/** Who works in a role. May arrive before the role itself, so nothing ties the two. */
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
