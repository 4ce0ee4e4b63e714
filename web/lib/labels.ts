import type { Category, Department, Priority, Status, System } from '../../workflows/ticket/rules/words.ts';

/** Words for people who work on tickets. */
export const statusWords: Record<Status, string> = {
  new: 'New',
  open: 'Open',
  in_progress: 'In progress',
  on_hold: 'On hold',
  pending: 'Pending',
  resolved: 'Resolved',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  closed: 'Closed',
};

/** Words for the requester, who never reads an agent's word. */
export const requesterStatusWords: Record<Status, string> = {
  new: 'Sent, not yet read',
  open: 'Someone is working on it',
  in_progress: 'Someone is working on it',
  on_hold: 'Waiting',
  pending: 'Waiting its turn',
  resolved: 'Done, waiting for your word',
  rejected: 'Not taken on',
  withdrawn: 'Withdrawn by you',
  closed: 'Closed',
};

export const priorityWords: Record<Priority, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

export const categoryWords: Record<Category, string> = {
  it_support: 'IT Support',
  asset_check_in: 'Asset Check In',
  asset_check_out: 'Asset Check Out',
  budget_proposal: 'Budget Proposal',
  general_request: 'General Request',
};

export const departmentWords: Record<Department, string> = { it: 'IT', asset: 'Assets', budget: 'Budget' };

export const systemWords: Record<System, { name: string; does: string }> = {
  hdts: { name: 'Help Desk', does: 'Ask for help and review what others ask' },
  tts: { name: 'Ticket Tracking', does: 'Work on tickets, step by step' },
  ams: { name: 'Asset Management', does: 'Devices and who has them' },
  bms: { name: 'Budget Management', does: 'Budgets and proposals' },
};

/** The department a ticket of this category most likely belongs to. */
export const usualDepartment: Record<Category, Department> = {
  it_support: 'it',
  asset_check_in: 'asset',
  asset_check_out: 'asset',
  budget_proposal: 'budget',
  general_request: 'it',
};

/** "1 ticket", "2 tickets"; a count that stopped early reads "100 or more tickets". */
export const countWords = (total: { count: number; more: boolean }, one: string, many = `${one}s`): string =>
  total.more ? `${total.count} or more ${many}` : `${total.count} ${total.count === 1 ? one : many}`;

/** "Marta" out of "Marta Lindqvist". */
export const firstName = (name: string): string => name.split(' ')[0] ?? name;

/** "a, b and c". */
export const listWords = (parts: string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
