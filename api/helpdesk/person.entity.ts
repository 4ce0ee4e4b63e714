import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import { departments } from '../../workflows/ticket/rules/words.ts';

/** Somebody with an account, copied from auth. */
export const Person = defineEntity({
  name: 'Person',
  schema: 'helpdesk',
  tableName: 'person',
  properties: {
    userId: p.integer().primary().autoincrement(false),
    name: p.text(),
    email: p.text(),
    department: p.enum([...departments]).nullable(),
    companyId: p.text().nullable(),
    isEmployee: p.boolean(),
    isStaff: p.boolean(),
    /** Keys of the roles that can be used now. */
    roles: p.json<string[]>(),
    active: p.boolean(),
    version: p.integer(),
  },
});
export type Person = InferEntity<typeof Person>;
