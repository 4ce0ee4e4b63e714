import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { Definition } from '../../workflows/ticket/definition.ts';
import { categories, departments } from '../../workflows/ticket/words.ts';

/** A workflow definition: which tickets it is for. Its graph lives in versions. */
export const Workflow = defineEntity({
  name: 'Workflow',
  schema: 'tracking',
  tableName: 'workflow',
  properties: {
    id: p.integer().primary().autoincrement(),
    name: p.text().unique(),
    category: p.enum([...categories]),
    /** Null: any. */
    subCategory: p.text().nullable(),
    /** Null: any. */
    department: p.enum([...departments]).nullable(),
    /** The version that new tickets get; null: not published. */
    publishedVersion: p.integer().nullable(),
  },
});
export type Workflow = InferEntity<typeof Workflow>;

/** A published graph. It never changes: tickets keep the version they began with. */
export const WorkflowVersion = defineEntity({
  name: 'WorkflowVersion',
  schema: 'tracking',
  tableName: 'workflow_version',
  uniques: [{ properties: ['workflow', 'version'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    workflow: () => p.manyToOne(Workflow).ref(),
    version: p.integer(),
    definition: p.json<Definition>(),
    publishedAt: p.datetime(),
  },
});
export type WorkflowVersion = InferEntity<typeof WorkflowVersion>;
