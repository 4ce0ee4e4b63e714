import type { TaskRow } from '../../api/tracking/task.schema.ts';

type RowState = Pick<TaskRow, 'state' | 'status' | 'step' | 'progress' | 'dueAt'>;

/** "2nd visit": the ticket was sent back to this step. Null for the first one. */
export const visitWords = (visit: number): string | null => (visit < 2 ? null : `${ordinal(visit)} visit`);

const ordinal = (n: number): string => {
  const lastTwo = n % 100;
  if (lastTwo >= 11 && lastTwo <= 13) return `${n}th`;
  return `${n}${['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'}`;
};

/** The step of the ticket, or a word for why it is on none. */
export const stepWords = (task: RowState): string => {
  switch (task.state) {
    case 'held':
    case 'waiting':
      return task.step ?? 'Between steps';
    case 'unrouted':
      return 'Not routed';
    case 'done':
      return task.progress.steps.at(-1) ?? 'Done';
    case 'cancelled':
      return 'Stopped';
  }
};

/** When the current step is due; null when no clock runs. */
export const runningDue = (task: RowState): string | null =>
  task.state === 'held' || task.state === 'waiting' ? task.dueAt : null;

/** What a row shows when no clock runs. */
export const noClockWords = (task: RowState): string => (task.state === 'done' ? 'Done' : 'No due time');

/** Halted at its step: on hold, or nobody has the role. */
export const isHalted = (task: RowState): boolean => task.status === 'on_hold' || task.state === 'waiting';

/** Nobody works on it any more. */
export const isOver = ({ state }: Pick<TaskRow, 'state'>): boolean => state === 'done' || state === 'cancelled';

/** Who has it, for an avatar without a name beside it. */
export const assigneeWords = (task: Pick<TaskRow, 'state' | 'assignee' | 'role'>): string => {
  if (task.assignee) return task.assignee.name;
  return task.state === 'waiting' && task.role ? `Nobody yet, waits for the role ${task.role}` : 'Nobody';
};
