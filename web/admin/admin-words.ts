import type { WorkflowRow } from '../desk/tasks.data.ts';
import { categoryWords, departmentWords } from '../lib/labels.ts';

/** The roles that own a step somewhere, each once; a step that depends on the department names several. */
export const rolesOfWorkflows = (workflows: WorkflowRow[]): string[] => {
  const named = workflows.flatMap(({ steps }) => steps.flatMap((step) => step.role.split(' or ')));
  return [...new Set(named)].sort((a, b) => a.localeCompare(b));
};

/** "Asset Check Out, Laptop, for Assets": which tickets a workflow is for. */
export const scopeWords = (workflow: Pick<WorkflowRow, 'category' | 'subCategory' | 'department'>): string =>
  [
    categoryWords[workflow.category],
    workflow.subCategory ?? 'any kind',
    workflow.department ? `for ${departmentWords[workflow.department]}` : 'any department',
  ].join(', ');
