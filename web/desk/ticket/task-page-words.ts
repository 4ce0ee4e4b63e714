import type { TaskAction, TaskView } from '../../../api/tracking/task.schema.ts';
import { listWords } from '../../lib/labels.ts';
import { shortNumber } from '../../lib/ticket-number.ts';
import { whyBlocked } from '../../lib/why-blocked.ts';

type Next = TaskView['next'];
type TaskState = Pick<TaskView, 'state' | 'status' | 'step' | 'role' | 'assignee' | 'onlyRequester'>;

/** Who has the step, as the headline above the actions. */
export const taskHeadline = (task: TaskState, me: number): string => {
  switch (task.state) {
    case 'held':
      return task.assignee?.id === me ? `Your step: ${task.step}` : `${task.step} is with ${task.assignee?.name}`;
    case 'waiting':
      return `${task.step} waits for the role ${task.role}`;
    case 'unrouted':
      return 'No workflow fits this ticket';
    case 'done':
      return task.status === 'resolved' ? 'Done here, waiting for the requester' : 'This ticket is over';
    case 'cancelled':
      return 'The requester withdrew this ticket';
  }
};

/** What to know about a ticket that has no instruction of a step. */
export const taskDetail = (task: TaskState, requester: string): string | null => {
  switch (task.state) {
    case 'waiting':
      return task.onlyRequester
        ? `Only ${requester} has the role, and nobody decides about their own ticket. Whoever else joins the role gets it.`
        : 'Nobody with the role is active. The first person to become active gets it.';
    case 'unrouted':
      return 'Nobody works on it until an Admin chooses a workflow.';
    case 'done':
      return task.status === 'resolved' ? `${requester} confirms that it is done, or it closes by itself.` : null;
    case 'held':
    case 'cancelled':
      return null;
  }
};

/** What comes next, also after the last step and for a ticket without a workflow. */
export const upcomingOf = (task: Pick<TaskView, 'next' | 'state' | 'status'>, closesAt: string | null): Next => {
  if (task.next.length > 0) return task.next;
  if (task.state === 'unrouted')
    return [{ at: null, what: 'An Admin chooses a workflow', detail: 'then it goes to the first step' }];
  if (task.status === 'resolved' && closesAt !== null)
    return [{ at: closesAt, what: 'It closes by itself', detail: 'unless the requester answers before' }];
  return [];
};

/** The actions that the page offers. The assignee has nothing to take over. */
export const actionsFor = (task: Pick<TaskView, 'actions' | 'assignee'>, me: number): TaskAction[] =>
  task.actions.filter((action) => action.direction !== 'take' || task.assignee?.id !== me);

export interface Reason {
  /** "Approve and Reject are blocked". */
  what: string;
  why: string;
  keys: string[];
}

/** Why actions are blocked, each reason once. */
export const reasonsOf = (actions: TaskAction[]): Reason[] => {
  const reasons = actions.map(whyBlocked).filter((why) => why !== null);
  return [...new Set(reasons)].map((why) => {
    const same = actions.filter((action) => whyBlocked(action) === why);
    const names = listWords(same.map((action) => action.name));
    return { why, keys: same.map(({ key }) => key), what: `${names} ${same.length === 1 ? 'is' : 'are'} blocked` };
  });
};

/** The most likely action: the first one that leads forward, else taking the step over. */
export const mainAction = (actions: TaskAction[]): string | null => {
  const open = actions.filter((action) => action.allowed);
  const main =
    open.find(({ direction }) => direction === 'forward') ?? open.find(({ direction }) => direction === 'take');
  return main?.key ?? null;
};

/** Where the ticket is after an action: "004098 went to Finalize · Noor Haddad". */
export const outcomeWords = (number: string, task: TaskState | null, me: number): string => {
  const name = shortNumber(number);
  if (task === null) return `${name} has left your hands`;
  if (task.state === 'done') return task.status === 'resolved' ? `${name} is resolved` : `${name} is over`;
  if (task.state === 'waiting') return `${name} went to ${task.step} · waits for the role ${task.role}`;
  if (task.state === 'held')
    return task.assignee?.id === me
      ? `${name} is with you · ${task.step}`
      : `${name} went to ${task.step} · ${task.assignee?.name}`;
  return `${name} was changed`;
};

/** Who reads the note of an action. */
export const noteReaders = (action: Pick<TaskAction, 'noteFor'>, requester: string): string =>
  action.noteFor === 'requester'
    ? `${requester} reads your note, and so do the people who work on the ticket.`
    : `Only people who work on the ticket read your note. ${requester} does not.`;

/** Whether an action goes off at once: it needs no words. */
export const isOneClick = ({ note }: Pick<TaskAction, 'note'>): boolean => note !== 'required';

/** The action of each key: A for the main one, N for the same with a note, R to send back, T to take over. */
export const actionOfKey = (actions: TaskAction[], key: string): { action: TaskAction; withNote: boolean } | null => {
  const open = actions.filter((action) => action.allowed);
  const forward = open.find(({ direction }) => direction === 'forward');
  const found = {
    a: forward,
    n: forward?.note === 'optional' ? forward : undefined,
    r: open.find(({ direction }) => direction === 'back'),
    t: open.find(({ direction }) => direction === 'take'),
  }[key];
  return found ? { action: found, withNote: key === 'n' || !isOneClick(found) } : null;
};

export const actionKeys = ['a', 'n', 'r', 't'] as const;

/** The keys that do something now, with what they do. */
export const keysOf = (actions: TaskAction[]): { key: string; what: string }[] =>
  actionKeys.flatMap((key) => {
    const found = actionOfKey(actions, key);
    return found ? [{ key, what: key === 'n' ? 'with a note' : found.action.name.toLowerCase() }] : [];
  });
