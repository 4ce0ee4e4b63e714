import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import { departments, systems } from '../../workflows/ticket/rules/words.ts';
import { searchWordsOf } from './search-words.ts';

export const userStatuses = ['pending', 'approved', 'rejected'] as const;
export type UserStatus = (typeof userStatuses)[number];

// `version` grows with each change that other modules copy. Snapshots carry it, and the newer one wins.
const versioned = {
  version: p.integer().default(1),
  changedAt: p.datetime().defaultRaw('now()'),
};

export const System = defineEntity({
  name: 'System',
  schema: 'auth',
  tableName: 'system',
  properties: {
    id: p.integer().primary().autoincrement(),
    slug: p.enum(systems).unique(),
    name: p.text(),
  },
});
export type System = InferEntity<typeof System>;

export const Role = defineEntity({
  name: 'Role',
  schema: 'auth',
  tableName: 'role',
  uniques: [{ properties: ['system', 'key'] }, { properties: ['system', 'name'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    system: () => p.manyToOne(System),
    /** Code, rules and definitions refer to roles by key. It never changes. */
    key: p.text(),
    /** What people see. It may change. */
    name: p.text(),
    isActive: p.boolean().default(true),
    ...versioned,
  },
});
export type Role = InferEntity<typeof Role>;

export const User = defineEntity({
  name: 'User',
  schema: 'auth',
  tableName: 'user',
  indexes: [
    {
      name: 'user_search_words_index',
      expression: `create index "user_search_words_index" on "auth"."user" using gin ("search_words" gin_trgm_ops)`,
    },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    /** Lower case and NFC, as `emailAddress` of auth.schema.ts makes it. */
    email: p.text().unique(),
    username: p.text().unique(),
    firstName: p.text(),
    middleName: p.text().nullable(),
    lastName: p.text(),
    suffix: p.text().nullable(),
    phone: p.text().nullable(),
    /** `MA` and four digits. */
    companyId: p.text().nullable().unique(),
    department: p.enum(departments).nullable(),
    status: p.enum(userStatuses).default('pending'),
    isActive: p.boolean().default(true),
    passwordHash: p.text().nullable().lazy().hidden(),
    /** What a search reads of this person. */
    searchWords: p.text().onCreate(searchWordsOf).onUpdate(searchWordsOf).lazy().hidden(),
    createdAt: p.datetime().defaultRaw('now()'),
    ...versioned,
  },
});
export type User = InferEntity<typeof User>;

export const UserSystemRole = defineEntity({
  name: 'UserSystemRole',
  schema: 'auth',
  tableName: 'user_system_role',
  uniques: [{ properties: ['user', 'role'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    user: () => p.manyToOne(User),
    role: () => p.manyToOne(Role).index(),
    isActive: p.boolean().default(true),
    ...versioned,
  },
});
export type UserSystemRole = InferEntity<typeof UserSystemRole>;
