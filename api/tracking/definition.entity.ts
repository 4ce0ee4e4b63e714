import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { Definition } from '../../workflows/ticket/rules/definition.ts';
import { categories, departments } from '../../workflows/ticket/rules/words.ts';

/** A workflow definition: which tickets it is for. Its versions hold the graph. */
export const WorkflowDefinition = defineEntity({
  name: 'WorkflowDefinition',
  schema: 'tracking',
  tableName: 'workflow_definition',
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
export type WorkflowDefinition = InferEntity<typeof WorkflowDefinition>;

/** A published graph. It never changes, because tickets keep the version they started with. */
export const WorkflowVersion = defineEntity({
  name: 'WorkflowVersion',
  schema: 'tracking',
  tableName: 'workflow_version',
  uniques: [{ properties: ['workflowDefinition', 'version'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    workflowDefinition: () => p.manyToOne(WorkflowDefinition).ref(),
    version: p.integer(),
    definition: p.json<Definition>(),
    publishedAt: p.datetime(),
  },
});
export type WorkflowVersion = InferEntity<typeof WorkflowVersion>;
