import { nothingSaid } from '../../lib/page.fixture.tsx';
import type { TaskPage } from '../tasks.data.ts';

export const jonas = { id: 12, name: 'Jonas Weber' };
export const dana = { id: 13, name: 'Dana Petrov' };
const marta = { id: 101, name: 'Marta Lindqvist' };
const at = '2026-11-23T09:12:00.000Z';
const refused = { allowed: false, why: 'Only the requester can do this.' };

const ticket: TaskPage['ticket'] = {
  number: 'TX20261123004098',
  subject: 'ThinkPad X1 for the branch audit',
  category: 'asset_check_out',
  subCategory: 'Laptop',
  status: 'in_progress',
  priority: 'high',
  department: 'asset',
  requester: marta,
  progress: { steps: ['Triage', 'Resolve', 'Finalize'], at: 1 },
  submittedAt: at,
  changedAt: at,
  version: 4,
  description: 'I audit the branch in the north and need a laptop.',
  scheduledDate: null,
  form: { serial: 'LN-2024-003', location: 'Branch Office North', expectedReturnDate: '2026-12-11' },
  reason: null,
  resolvedAt: null,
  closesAt: null,
  closedAt: null,
  assignee: null,
  timeline: [{ id: 1, version: 0, at, actor: marta, event: { kind: 'submitted' } }],
  actions: { open: refused, reject: refused, withdraw: refused, close: refused },
  workflowUrl: null,
};

const step = { role: 'Admin', assignee: null, enteredAt: null, leftAt: null, dueAt: null, visits: 0 };

/** An invented ticket on the step Resolve, assigned to Jonas Weber. */
export const resolving: TaskPage = {
  number: ticket.number,
  subject: ticket.subject,
  category: ticket.category,
  department: 'asset',
  priority: 'high',
  requester: marta,
  status: 'in_progress',
  state: 'held',
  progress: ticket.progress,
  step: 'Resolve',
  roleKey: 'asset_manager',
  role: 'Asset Manager',
  visit: 1,
  assignee: jonas,
  onlyRequester: false,
  enteredAt: at,
  dueAt: '2026-11-23T13:12:00.000Z',
  overdue: false,
  submittedAt: at,
  changedAt: at,
  version: 4,
  workflow: { name: 'Asset Check Out Workflow', version: 1 },
  steps: [
    { ...step, key: 'triage', name: 'Triage', state: 'done' },
    { ...step, key: 'resolve', name: 'Resolve', role: 'Asset Manager', state: 'now', visits: 1 },
    { ...step, key: 'finalize', name: 'Finalize', state: 'next' },
  ],
  instruction: 'Hand the device over against a signature.',
  actions: [
    {
      key: 'approve',
      command: 'act',
      input: { transition: 'approve' },
      name: 'Approve',
      direction: 'forward',
      note: 'optional',
      noteFor: 'staff',
      leadsTo: 'Goes to Finalize (Admin)',
      allowed: true,
      why: null,
    },
  ],
  next: [],
  workflowUrl: null,
  conversation: nothingSaid,
  ticket,
};
