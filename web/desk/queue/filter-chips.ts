import { readableRole } from '../../../workflows/ticket/rules/role-key.ts';
import { categoryWords, departmentWords, priorityWords, statusWords } from '../../lib/labels.ts';
import type { Role } from '../../lib/session.ts';
import { calendarDay } from '../../lib/time.ts';
import type { TaskFilter } from '../task-filter.ts';

export interface Chip {
  key: string;
  value: string;
  /** The list without this filter. */
  without: TaskFilter;
}

/** Names that the filter itself does not have. */
export interface ChipNames {
  roles: readonly Role[];
  assignee: string | null;
  requester: string | null;
}

/** The address names a role by its key; one that is not among those to choose from reads as its key says. */
const roleWords = (key: string, roles: readonly Role[]): string =>
  roles.find((role) => role.key === key)?.name ?? readableRole(key);

const span = (from: string | null, to: string | null): string | null => {
  if (from === null && to === null) return null;
  if (from === to) return `on ${calendarDay(from ?? '')}`;
  if (to === null) return `from ${calendarDay(from ?? '')}`;
  return from === null ? `to ${calendarDay(to)}` : `${calendarDay(from)} to ${calendarDay(to)}`;
};

/** The filters in use, in words. */
export const chipsOf = (filter: TaskFilter, names: ChipNames): Chip[] => {
  const { status, category, priority, department, assignee, requester, role } = filter;
  const chip = (key: string, value: string | null, without: Partial<TaskFilter>): Chip | null =>
    value ? { key, value, without: { ...filter, ...without } } : null;
  const assigneeWords = assignee === 'nobody' ? 'nobody' : assignee && (names.assignee ?? `user ${assignee}`);
  return [
    chip('Status', status.map((code) => statusWords[code]).join(', '), { status: [] }),
    chip('Time', filter.overdue ? 'overdue' : null, { overdue: false }),
    chip('Department', department.map((code) => departmentWords[code]).join(', '), { department: [] }),
    chip('Assignee', assigneeWords || null, { assignee: null }),
    chip('Requester', requester === null ? null : (names.requester ?? `user ${requester}`), { requester: null }),
    chip('Category', category && categoryWords[category], { category: null }),
    chip('Priority', priority && priorityWords[priority], { priority: null }),
    chip('Role', role && roleWords(role, names.roles), { role: null }),
    chip('Submitted', span(filter.from, filter.to), { from: null, to: null }),
    chip('Due', span(filter.dueFrom, filter.dueTo), { dueFrom: null, dueTo: null }),
  ].filter((one) => one !== null);
};
