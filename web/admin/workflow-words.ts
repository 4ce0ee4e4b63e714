import type { DefinitionRow } from '../desk/workflows.data.ts';
import { departmentWords } from '../lib/labels.ts';

/** The roles that own a step somewhere, each once; a step that depends on the department names several. */
export const rolesOfWorkflows = (workflows: DefinitionRow[]): string[] => {
  const named = workflows.flatMap(({ steps }) => steps.flatMap((step) => step.role.split(' or ')));
  return [...new Set(named)].sort((a, b) => a.localeCompare(b));
};

/** ", Laptop, opened for Assets": for which tickets of its category a workflow is. */
export const scopeWords = (workflow: Pick<DefinitionRow, 'subCategory' | 'department'>): string => {
  const department = workflow.department ? `opened for ${departmentWords[workflow.department]}` : 'any department';
  return `, ${workflow.subCategory ?? 'any kind'}, ${department}`;
};
