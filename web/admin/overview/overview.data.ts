import type { TaskRow } from '../../../api/tracking/task.schema.ts';
import { wholeQueue } from '../../desk/task-filter.ts';
import { useTasks } from '../../desk/tasks.data.ts';

/** The most that one answer of the API holds. */
const most = 100;

/** Open work by its due time, the most urgent first. */
export const useOpenByDue = () => useTasks(() => wholeQueue('all', 'open'), most);

/** How many tickets are overdue. When the whole page is overdue there may be more. */
export const overdueOf = (rows: TaskRow[], hasMore: boolean): { count: number; more: boolean } => {
  const count = rows.filter((row) => row.overdue).length;
  return { count, more: hasMore && count === rows.length };
};
