import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { AppError } from '../http/problem.ts';
import { published } from './definitions.service.ts';

/** @throws AppError `not_found` unless this version of a workflow definition is published. */
export const requirePublished = async (em: EntityManager, workflowVersionId: number): Promise<void> => {
  const found = await published(em)
    .select('v.id')
    // Cast, so that a number too large for an id is not found instead of failing.
    .where('v.id', '=', sql<number>`${workflowVersionId}::bigint`)
    .executeTakeFirst();
  if (!found) throw new AppError('not_found', 'There is no such published workflow. Choose one of the list.');
};
