import type { EntryFact } from './facts.ts';

/** One version of a ticket, as its timeline says; written anew here, so that it repeats no mistake of the product. */
export interface TicketVersion {
  version: number;
  entries: EntryFact[];
  status: string;
  statusBefore: string | null;
  /** Who has the step after this version, and who had it before. */
  assignee: number | null;
  assigneeBefore: number | null;
}

export const entryOf = ({ entries }: Pick<TicketVersion, 'entries'>, kind: string): EntryFact | undefined =>
  entries.find((entry) => entry.kind === kind);

/** Whom an `assigned` entry names. */
export const assigneeIn = (entry: EntryFact | undefined): number | null => {
  const person = entry?.data.assignee;
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

const statusAfter = (entries: readonly EntryFact[], before: string): string => {
  const named = entries.flatMap(({ kind }) => statusBy[kind] ?? [])[0];
  if (named !== undefined) return named;
  return entries.some(({ kind }) => kind === 'step_done') ? 'in_progress' : before;
};

const endsAssignment = ['step_done', 'step_entered', 'waiting_for_role', 'withdrawn', 'resolved', 'closed'];

const assigneeAfter = (entries: readonly EntryFact[], before: number | null): number | null => {
  const assigned = entries.find(({ kind }) => kind === 'assigned');
  if (assigned) return assigneeIn(assigned);
  return entries.some(({ kind }) => endsAssignment.includes(kind)) ? null : before;
};

/** The versions of a ticket from its timeline entries, which come in the order of their versions. */
export const versionsOf = (entries: readonly EntryFact[]): TicketVersion[] => {
  const versions: TicketVersion[] = [];
  for (const entry of entries) {
    const last = versions.at(-1);
    if (last?.version === entry.version) last.entries.push(entry);
    else {
      const { version } = entry;
      versions.push({
        version,
        entries: [entry],
        status: '',
        statusBefore: null,
        assignee: null,
        assigneeBefore: null,
      });
    }
  }
  let [status, assignee]: [string, number | null] = ['', null];
  for (const one of versions) {
    one.statusBefore = status || null;
    one.assigneeBefore = assignee;
    status = one.status = statusAfter(one.entries, status);
    assignee = one.assignee = assigneeAfter(one.entries, assignee);
  }
  return versions;
};

/** Somebody took the step over, by their own command. */
export const isTakeOver = (version: TicketVersion): boolean => {
  const assigned = entryOf(version, 'assigned');
  return assigned !== undefined && assigned.actorId !== null && version.entries.length === 1;
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
