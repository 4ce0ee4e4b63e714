import type { EntityManager, InferKyselyTable } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { WorkflowDefinition, WorkflowVersion } from './definition.entity.ts';
import type { RoleMember, TrackingRole } from './members.entity.ts';
import type { Rotation, Task, Visit } from './task.entity.ts';

/** The tables of this module, by the names of their columns. */
export interface TrackingTables {
  'tracking.role': InferKyselyTable<typeof TrackingRole>;
  'tracking.role_member': InferKyselyTable<typeof RoleMember>;
  'tracking.task': InferKyselyTable<typeof Task>;
  'tracking.visit': InferKyselyTable<typeof Visit>;
  'tracking.rotation': InferKyselyTable<typeof Rotation>;
  'tracking.workflow_definition': InferKyselyTable<typeof WorkflowDefinition>;
  'tracking.workflow_version': InferKyselyTable<typeof WorkflowVersion>;
}

/** The query builder over this module's tables, in the transaction of `em` if there is one. */
export const tracking = (em: EntityManager): Kysely<TrackingTables> => em.getKysely<TrackingTables>();
