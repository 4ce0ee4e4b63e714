import type { Definition } from '../workflows/ticket/rules/definition.ts';
import type { Category, Department } from '../workflows/ticket/rules/words.ts';
import { type Instructions, instructions } from './instructions.ts';

export interface WorkflowSeed {
  name: string;
  category: Category;
  subCategory: null;
  /** Null: any department, so that every opened ticket finds a definition. */
  department: null;
  definition: Definition;
}

const hour = 3_600_000;
const day = 24 * hour;

const managers: Record<Department, string> = { it: 'asset_manager', asset: 'asset_manager', budget: 'budget_manager' };

// Whoever sends a ticket back says why. The last note tells the requester what was done; the others are for colleagues.
const onward = { direction: 'forward', note: 'optional', noteFor: 'staff' } as const;
const sentBack = { direction: 'back', note: 'required', noteFor: 'staff' } as const;

const definition = (says: Instructions, usualManager: string): Definition => ({
  start: 'triage',
  steps: [
    {
      key: 'triage',
      name: 'Triage',
      role: 'admin',
      instruction: says.triage,
      weight: 1,
      transitions: [{ key: 'submit', name: 'Submit', to: 'resolve', ...onward }],
    },
    {
      key: 'resolve',
      name: 'Resolve',
      role: usualManager,
      roleByDepartment: managers,
      instruction: says.resolve,
      weight: 2,
      transitions: [
        { key: 'approve', name: 'Approve', to: 'finalize', ...onward },
        { key: 'reject', name: 'Reject', to: 'triage', ...sentBack },
      ],
    },
    {
      key: 'finalize',
      name: 'Finalize',
      role: 'admin',
      instruction: says.finalize,
      weight: 1,
      transitions: [
        { key: 'finalize', name: 'Finalize', to: null, ...onward, noteFor: 'requester' },
        { key: 'reject', name: 'Reject', to: 'resolve', ...sentBack },
      ],
    },
  ],
  sla: { critical: 4 * hour, high: 8 * hour, medium: 2 * day, low: 5 * day },
});

const workflow = (name: string, category: Category, usualManager: string): WorkflowSeed => ({
  name,
  category,
  subCategory: null,
  department: null,
  definition: definition(instructions[category], usualManager),
});

export const workflowSeeds: readonly WorkflowSeed[] = [
  workflow('Asset Check In Workflow', 'asset_check_in', 'asset_manager'),
  workflow('Asset Check Out Workflow', 'asset_check_out', 'asset_manager'),
  workflow('Budget Proposal Workflow', 'budget_proposal', 'budget_manager'),
  workflow('IT Support Workflow', 'it_support', 'asset_manager'),
  workflow('General Request Workflow', 'general_request', 'asset_manager'),
];

/** The keys of the roles that own the steps. */
export const workflowRoles: readonly string[] = ['admin', 'asset_manager', 'budget_manager'];
