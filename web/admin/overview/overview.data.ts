import type { TaskRow } from '../../../api/tracking/task.schema.ts';
import { wholeQueue } from '../../desk/task-filter.ts';
import { useTasks } from '../../desk/tasks.data.ts';

/** As many as one answer of the API holds. */
const most = 100;

/** Open work by its clocks, the latest first. */
export const useOpenByDue = () => useTasks(() => wholeQueue('all', 'open'), most);

/** How many clocks have run out. A list that is full of them may go on: then it says "or more". */
export const overdueOf = (rows: TaskRow[], hasMore: boolean): { count: number; more: boolean } => {
  const count = rows.filter((row) => row.overdue).length;
  return { count, more: hasMore && count === rows.length };
};
