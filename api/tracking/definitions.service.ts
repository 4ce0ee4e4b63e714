import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Definition } from '../../workflows/ticket/rules/definition.ts';
import type { Pinned } from '../../workflows/ticket/rules/change.ts';
import type { Category, Department } from '../../workflows/ticket/rules/words.ts';
import { execute } from '../db/prepared.ts';
import { ask, type Question, question } from '../db/statements.ts';
import { AppError } from '../http/problem.ts';
import { WorkflowDefinition, WorkflowVersion } from './definition.entity.ts';

export interface PublishInput {
  name: string;
  category: Category;
  /** Null: any. */
  subCategory: string | null;
  /** Null: any. */
  department: Department | null;
  definition: Definition;
}

/** Publishes a definition under its name: the same graph stays as it is, another one becomes the next version. */
export const publishDefinition = (
  em: EntityManager,
  input: PublishInput,
): Promise<{ workflowId: number; version: number; created: boolean }> =>
  em.transactional(async (tx) => {
    const { name, category, subCategory, department, definition } = input;
    const known = await tx.findOne(WorkflowDefinition, { name });
    const workflow = known ?? tx.create(WorkflowDefinition, { name, category, subCategory, department });
    tx.assign(workflow, { category, subCategory, department });
    await tx.persist(workflow).flush();
    const latest = await tx.findOne(
      WorkflowVersion,
      { workflowDefinition: workflow },
      { orderBy: { version: 'desc' } },
    );
    if (latest && isDeepStrictEqual(latest.definition, definition)) {
      workflow.publishedVersion = latest.version;
      return { workflowId: workflow.id, version: latest.version, created: false };
    }
    const version = (latest?.version ?? 0) + 1;
    tx.persist(
      tx.create(WorkflowVersion, { workflowDefinition: workflow, version, definition, publishedAt: new Date() }),
    );
    workflow.publishedVersion = version;
    return { workflowId: workflow.id, version, created: true };
  });

interface Wanted {
  category: string;
  subCategory: string | null;
  department: string;
}

interface PinnedRow {
  workflowVersionId: number;
  definition: Definition;
}

/** The published definition for such a ticket, the most specific first; null when none fits. */
export const findWorkflow = async (em: EntityManager, wanted: Wanted): Promise<Pinned | null> => {
  const [row] = await execute<PinnedRow>(
    em,
    `select v.id as "workflowVersionId", v.definition from tracking.workflow_definition w
     join tracking.workflow_version v on v.workflow_definition_id = w.id and v.version = w.published_version
     where w.category = ? and (w.department is null or w.department = ?)
       and (w.sub_category is null or w.sub_category = ?)
     order by (w.sub_category is not null) desc, (w.department is not null) desc, w.id limit 1`,
    [wanted.category, wanted.department, wanted.subCategory],
  );
  return row ?? null;
};

export interface PinnedVersion {
  definition: Definition;
  version: number;
  name: string;
}

/** Asks for the version that a ticket is pinned to. */
export const versionOf = (id: number | null): Question<PinnedVersion> =>
  question(
    `select v.definition, v.version, w.name from tracking.workflow_version v
     join tracking.workflow_definition w on w.id = v.workflow_definition_id where v.id = ?`,
    id,
  );

/** The answer to it; null for a ticket that is pinned to none. @throws Error when there is none: none is ever deleted. */
export const foundVersion = (id: number | null, [found]: PinnedVersion[]): PinnedVersion | null => {
  if (id !== null && !found) throw new Error(`There is no version ${id} of a workflow, to which a ticket is pinned`);
  return found ?? null;
};

/** @throws Error as `foundVersion`. */
export const versionById = async (em: EntityManager, id: number | null): Promise<PinnedVersion | null> =>
  foundVersion(id, await ask(em, versionOf(id)));

/** @throws AppError `not_allowed` when there is no such version: versions are never deleted. */
export const pinnedVersion = async (em: EntityManager, workflowVersionId: number): Promise<Pinned> => {
  const version = await em.findOne(WorkflowVersion, { id: workflowVersionId });
  if (!version) throw new AppError('not_allowed', 'There is no such workflow. Choose one of the list.');
  return { workflowVersionId, definition: version.definition };
};

/** The version that new tickets of a workflow get. @throws AppError `not_found` when it is not published. */
export const publishedVersionOf = async (em: EntityManager, workflowId: number): Promise<number> => {
  const [row] = await execute<{ id: number }>(
    em,
    `select v.id from tracking.workflow_definition w
     join tracking.workflow_version v on v.workflow_definition_id = w.id and v.version = w.published_version where w.id = ?::bigint`,
    [workflowId],
  );
  if (!row) throw new AppError('not_found', 'There is no such published workflow. Choose one of the list.');
  return row.id;
};
