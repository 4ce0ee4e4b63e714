import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pinned } from '../../workflows/ticket/rules/change.ts';
import type { Definition } from '../../workflows/ticket/rules/definition.ts';
import type { Category, Department } from '../../workflows/ticket/rules/words.ts';
import { type Question, question } from '../db/statements.ts';
import { AppError } from '../http/problem.ts';
import { WorkflowDefinition, WorkflowVersion } from './definition.entity.ts';
import { tracking } from './tracking.tables.ts';

export interface PublishInput {
  name: string;
  category: Category;
  /** Null: any. */
  subCategory: string | null;
  /** Null: any. */
  department: Department | null;
  definition: Definition;
}

/** Publishes a graph under the name of its definition. The same graph again changes nothing; another is the next version. */
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

/** The definitions that new tickets get: each `w` with its published version `v`. */
export const published = (em: EntityManager) =>
  tracking(em)
    .selectFrom('tracking.workflow_definition as w')
    .innerJoin('tracking.workflow_version as v', (join) =>
      join.onRef('v.workflow_definition_id', '=', 'w.id').onRef('v.version', '=', 'w.published_version'),
    );

/** In plain text, as a workflow sends it. */
interface Wanted {
  category: string;
  subCategory: string | null;
  department: string;
}

/** The published definition for such a ticket, the most specific first; null when none fits. */
export const findWorkflow = async (em: EntityManager, wanted: Wanted): Promise<Pinned | null> => {
  const { category, subCategory, department } = wanted;
  const found = await published(em)
    .where((eb) => eb(eb.ref('w.category').$castTo<string>(), '=', category))
    .where((eb) => eb('w.department', 'is', null).or(eb.ref('w.department').$castTo<string>(), '=', department))
    .where((eb) => eb('w.sub_category', 'is', null).or('w.sub_category', '=', subCategory))
    // PostgreSQL puts false before true: those for any sub-category and any department come last.
    .orderBy((eb) => eb('w.sub_category', 'is', null))
    .orderBy((eb) => eb('w.department', 'is', null))
    .orderBy('w.id')
    .select(['v.id as workflowVersionId', 'v.definition'])
    .limit(1)
    .executeTakeFirst();
  return found ?? null;
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
  if (id !== null && !found)
    throw new Error(`There is no version ${id} of a workflow definition, and a ticket needs it`);
  return found ?? null;
};

/** The version that a ticket is pinned to; null for none. @throws Error when it is gone: versions are never deleted. */
export const versionById = async (em: EntityManager, id: number | null): Promise<PinnedVersion | null> => {
  if (id === null) return null;
  const found = await tracking(em)
    .selectFrom('tracking.workflow_version as v')
    .innerJoin('tracking.workflow_definition as w', 'w.id', 'v.workflow_definition_id')
    .select(['v.definition', 'v.version', 'w.name'])
    .where('v.id', '=', id)
    .execute();
  return foundVersion(id, found);
};

/** @throws AppError `not_allowed` when there is no such version: versions are never deleted. */
export const pinnedVersion = async (em: EntityManager, workflowVersionId: number): Promise<Pinned> => {
  const version = await em.findOne(WorkflowVersion, { id: workflowVersionId });
  if (!version) throw new AppError('not_allowed', 'There is no such workflow. Choose one of the list.');
  return { workflowVersionId, definition: version.definition };
};

/** The version that new tickets of a workflow get. @throws AppError `not_found` when it is not published. */
export const publishedVersionOf = async (em: EntityManager, workflowId: number): Promise<number> => {
  const found = await published(em)
    .select('v.id')
    // A number that is too large for an id is no workflow's, and no error of PostgreSQL.
    .where((eb) => eb('w.id', '=', eb.cast<number>(eb.val(workflowId), 'bigint')))
    .executeTakeFirst();
  if (!found) throw new AppError('not_found', 'There is no such published workflow. Choose one of the list.');
  return found.id;
};
