import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { Definition } from '../../workflows/ticket/rules/definition.ts';
import { type RoleName, roleNames } from './role-names.service.ts';
import type { definitionRow } from './task.schema.ts';

type DefinitionRow = z.infer<typeof definitionRow>;

interface Row extends Omit<DefinitionRow, 'steps' | 'openTickets'> {
  definition: Definition;
  openTickets: string;
}

type Step = Definition['steps'][number];

const rolesOfStep = ({ role, roleByDepartment = {} }: Step, roleName: RoleName) => {
  const keys = [...new Set(Object.values(roleByDepartment))];
  return (keys.length > 0 ? keys : [role]).map((key) => ({ key, name: roleName(key) }));
};

/** The published workflows by name, each with its newest graph and how many tickets are on any version of it. */
export const listDefinitions = async (em: EntityManager): Promise<DefinitionRow[]> => {
  const rows = await em.execute<Row[]>(
    `select w.id, w.name, v.version, w.category, w.sub_category as "subCategory", w.department, v.definition,
       (select count(*) from tracking.task t join tracking.workflow_version tv on tv.id = t.workflow_version_id
        where tv.workflow_definition_id = w.id and t.state in ('waiting', 'held')) as "openTickets"
     from tracking.workflow_definition w
     join tracking.workflow_version v on v.workflow_definition_id = w.id and v.version = w.published_version
     order by w.name`,
  );
  const roleName = await roleNames(em);
  return rows.map(({ definition, openTickets, ...row }) => ({
    ...row,
    steps: definition.steps.map((step) => ({ name: step.name, roles: rolesOfStep(step, roleName) })),
    openTickets: Number(openTickets),
  }));
};
