import type { EntityManager } from '@mikro-orm/postgresql';
import type { NotNull } from 'kysely';
import type { z } from 'zod';
import type { Definition } from '../../workflows/ticket/rules/definition.ts';
import { countAll } from '../db/query-builder.ts';
import { published } from './definitions.service.ts';
import { type RoleName, roleNames } from './role-names.service.ts';
import type { definitionRow } from './task.schema.ts';

type DefinitionRow = z.infer<typeof definitionRow>;

type Step = Definition['steps'][number];

const rolesOfStep = ({ role, roleByDepartment = {} }: Step, roleName: RoleName) => {
  const keys = [...new Set(Object.values(roleByDepartment))];
  return (keys.length > 0 ? keys : [role]).map((key) => ({ key, name: roleName(key) }));
};

/** The published definitions by name, each with its published graph and its number of open tickets on any version. */
export const listDefinitions = async (em: EntityManager): Promise<DefinitionRow[]> => {
  const rows = await published(em)
    .select([
      'w.id',
      'w.name',
      'v.version',
      'v.id as versionId',
      'w.category',
      'w.sub_category as subCategory',
      'w.department',
    ])
    .select('v.definition')
    .select((eb) =>
      eb
        .selectFrom('tracking.task as t')
        .innerJoin('tracking.workflow_version as tv', 'tv.id', 't.workflow_version_id')
        .whereRef('tv.workflow_definition_id', '=', 'w.id')
        .where('t.state', 'in', ['waiting', 'held'])
        .select(countAll().as('count'))
        .as('openTickets'),
    )
    .orderBy('w.name')
    .$narrowType<{ openTickets: NotNull }>()
    .execute();
  const roleName = await roleNames(em);
  return rows.map(({ definition, ...row }) => ({
    ...row,
    steps: definition.steps.map((step) => ({
      name: step.name,
      roles: rolesOfStep(step, roleName),
    })),
  }));
};
