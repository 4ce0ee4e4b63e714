import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pinned } from '../../workflows/ticket/rules/change.ts';
import type { Definition } from '../../workflows/ticket/rules/definition.ts';
import { sentences } from '../../workflows/ticket/rules/refusal.ts';
import type { Category, Department } from '../../workflows/ticket/rules/words.ts';
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

/** Publishes a graph under the definition's name. The same graph again changes nothing; a different one is a new version. */
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

/** The published definitions: each `w` with its published version `v`. */
export const published = (em: EntityManager) =>
  tracking(em)
    .selectFrom('tracking.workflow_definition as w')
    .innerJoin('tracking.workflow_version as v', (join) =>
      join.onRef('v.workflow_definition_id', '=', 'w.id').onRef('v.version', '=', 'w.published_version'),
    );

/** Plain strings, as the workflow sends them. */
interface Wanted {
  category: string;
  subCategory: string | null;
  department: string;
}

/** The most specific published definition for such a ticket; null when none matches. */
export const findWorkflow = async (em: EntityManager, wanted: Wanted): Promise<Pinned | null> => {
  const { category, subCategory, department } = wanted;
  const found = await published(em)
    .where((eb) => eb(eb.ref('w.category').$castTo<string>(), '=', category))
    .where((eb) => eb('w.department', 'is', null).or(eb.ref('w.department').$castTo<string>(), '=', department))
    .where((eb) => eb('w.sub_category', 'is', null).or('w.sub_category', '=', subCategory))
    // False sorts before true, so definitions for any sub-category or any department come last.
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

/** The version that a ticket is pinned to; null for none. @throws Error when it is gone, because none is ever deleted. */
export const versionById = async (em: EntityManager, id: number | null): Promise<PinnedVersion | null> => {
  if (id === null) return null;
  const found = await tracking(em)
    .selectFrom('tracking.workflow_version as v')
    .innerJoin('tracking.workflow_definition as w', 'w.id', 'v.workflow_definition_id')
    .select(['v.definition', 'v.version', 'w.name'])
    .where('v.id', '=', id)
    .executeTakeFirst();
  if (!found) throw new Error(`There is no version ${id} of a workflow definition, and a ticket needs it`);
  return found;
};

/** The graph that a ticket is pinned to; null for none. */
export const pinnedDefinition = async (em: EntityManager, id: number | null): Promise<Definition | null> =>
  (await versionById(em, id))?.definition ?? null;

/** @throws AppError `not_allowed` when there is no such version. */
export const pinnedVersion = async (em: EntityManager, workflowVersionId: number): Promise<Pinned> => {
  const version = await em.findOne(WorkflowVersion, { id: workflowVersionId });
  if (!version) throw new AppError('not_allowed', sentences.noSuchDefinition);
  return { workflowVersionId, definition: version.definition };
};
