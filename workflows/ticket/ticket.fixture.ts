import type { Definition } from './rules/definition.ts';
import { type Phase, submitted, type TicketFacts, type TicketState } from './rules/state.ts';

export const requester = 1;
export const assignee = 2;
export const bystander = 3;

export const facts: TicketFacts = {
  number: 'TX20261123000001',
  category: 'it_support',
  subCategory: null,
  requesterId: requester,
};

const hour = 3_600_000;

/** Two steps, one owned by a different role for each department, and a transition back. */
export const definition: Definition = {
  start: 'check',
  steps: [
    {
      key: 'check',
      name: 'Check',
      role: 'admin',
      instruction: 'Read it.',
      weight: 1,
      transitions: [{ key: 'submit', name: 'Submit', to: 'mend', direction: 'forward' }],
    },
    {
      key: 'mend',
      name: 'Mend',
      role: 'asset_manager',
      roleByDepartment: { budget: 'budget_manager' },
      instruction: 'Mend it.',
      weight: 3,
      transitions: [
        { key: 'done', name: 'Done', to: null, direction: 'forward' },
        { key: 'reject', name: 'Reject', to: 'check', direction: 'back' },
      ],
    },
  ],
  sla: { critical: 4 * hour, high: 8 * hour, medium: 48 * hour, low: 120 * hour },
};
export const pinned = { workflowVersionId: 7, definition };

/** The current time in tests of rules. */
export const now = Date.UTC(2026, 10, 23, 9);

const opened: TicketState = { ...submitted, version: 5, status: 'open', priority: 'high', department: 'it', visit: 1 };
const working: TicketState = { ...opened, workflowVersionId: 7 };

export const onStep = (step: string, roleKey: string, assigneeId: number | null): Phase => ({
  at: 'step',
  step,
  roleKey,
  assigneeId,
  onlyRequester: false,
  dueAt: now + hour,
  overdue: false,
});

/** A ticket in each phase. */
export const ticketAt = {
  review: submitted,
  unrouted: { ...opened, phase: { at: 'unrouted' } },
  held: { ...working, phase: onStep('check', 'admin', assignee) },
  waiting: { ...working, phase: onStep('check', 'admin', null) },
  resolved: { ...working, status: 'resolved', phase: { at: 'resolved', closesAt: now + 72 * hour } },
  over: { ...working, status: 'closed', phase: { at: 'over' } },
} as const satisfies Record<string, TicketState>;
export type Place = keyof typeof ticketAt;
