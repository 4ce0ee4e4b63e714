import type { DefinitionRow } from '../desk/workflows.data.ts';
import { departmentWords } from '../lib/labels.ts';
import type { Role } from '../lib/session.ts';

/** The roles that own a step somewhere, each once, by name. */
export const rolesOfWorkflows = (workflows: DefinitionRow[]): Role[] => {
  const named = workflows.flatMap(({ steps }) => steps.flatMap((step) => step.roles));
  const byKey = new Map(named.map((role) => [role.key, role]));
  return [...byKey.values()].sort((a, b) => a.name.localeCompare(b.name));
};

/** ", Laptop, opened for Assets": for which tickets of its category a workflow is. */
export const scopeWords = (workflow: Pick<DefinitionRow, 'subCategory' | 'department'>): string => {
  const department = workflow.department ? `opened for ${departmentWords[workflow.department]}` : 'any department';
  return `, ${workflow.subCategory ?? 'any kind'}, ${department}`;
};
