import type { LineFact } from './facts.ts';

/** One version of a ticket as its timeline tells it; written anew here, so that it repeats no mistake of the product. */
export interface Chapter {
  version: number;
  lines: LineFact[];
  status: string;
  statusBefore: string | null;
  /** Who has the step after this version, and who had it before. */
  assignee: number | null;
  assigneeBefore: number | null;
}

export const lineOf = ({ lines }: Pick<Chapter, 'lines'>, kind: string): LineFact | undefined =>
  lines.find((line) => line.kind === kind);

/** Whom an `assigned` line names. */
export const assigneeIn = (line: LineFact | undefined): number | null => {
  const person = line?.data.assignee;
  if (typeof person !== 'object' || person === null || !('id' in person)) return null;
  return typeof person.id === 'number' ? person.id : null;
};

const statusBy: Record<string, string> = {
  submitted: 'new',
  opened: 'open',
  refused: 'rejected',
  withdrawn: 'withdrawn',
  resolved: 'resolved',
  closed: 'closed',
};

const statusAfter = (lines: readonly LineFact[], before: string): string => {
  const named = lines.flatMap(({ kind }) => statusBy[kind] ?? [])[0];
  if (named !== undefined) return named;
  return lines.some(({ kind }) => kind === 'step_done') ? 'in_progress' : before;
};

const leavesHands = ['step_done', 'step_entered', 'waiting_for_role', 'withdrawn', 'resolved', 'closed'];

const assigneeAfter = (lines: readonly LineFact[], before: number | null): number | null => {
  const assigned = lines.find(({ kind }) => kind === 'assigned');
  if (assigned) return assigneeIn(assigned);
  return lines.some(({ kind }) => leavesHands.includes(kind)) ? null : before;
};

/** Follows a ticket through its lines, which come in the order of their versions. */
export const chaptersOf = (lines: readonly LineFact[]): Chapter[] => {
  const chapters: Chapter[] = [];
  for (const line of lines) {
    const last = chapters.at(-1);
    if (last?.version === line.version) last.lines.push(line);
    else {
      const { version } = line;
      chapters.push({ version, lines: [line], status: '', statusBefore: null, assignee: null, assigneeBefore: null });
    }
  }
  let [status, assignee]: [string, number | null] = ['', null];
  for (const chapter of chapters) {
    chapter.statusBefore = status || null;
    chapter.assigneeBefore = assignee;
    status = chapter.status = statusAfter(chapter.lines, status);
    assignee = chapter.assignee = assigneeAfter(chapter.lines, assignee);
  }
  return chapters;
};

/** Somebody took the step over, by their own command. */
export const isTakeOver = (chapter: Chapter): boolean => {
  const assigned = lineOf(chapter, 'assigned');
  return assigned !== undefined && assigned.actorId !== null && chapter.lines.length === 1;
};

export const byTicket = <Item extends { number: string }>(items: readonly Item[]): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.number);
    if (group) group.push(item);
    else groups.set(item.number, [item]);
  }
  return groups;
};
