import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';

const yes = { allowed: true, why: null };
/** An invented ticket that waits for review. */
export const ticket: TicketView = {
  number: 'TX20261123004141',
  subject: 'HP ProBook for the new analyst',
  description: 'She starts on Wednesday.',
  category: 'asset_check_out',
  subCategory: 'Laptop',
  status: 'new',
  priority: null,
  department: null,
  requester: { id: 7, name: 'Samuel Adeyemi' },
  progress: { steps: [], at: null },
  submittedAt: '2026-11-23T09:13:00.000Z',
  changedAt: '2026-11-23T09:13:00.000Z',
  version: 4,
  scheduledDate: null,
  form: {},
  reason: null,
  resolvedAt: null,
  closesAt: null,
  closedAt: null,
  assignee: null,
  timeline: [],
  actions: { open: yes, reject: yes, withdraw: yes, close: yes },
  workflowUrl: null,
};
