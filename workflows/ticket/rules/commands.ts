import type { Department, Priority } from './words.ts';

interface Sent {
  /** The version that the sender saw; an older one is refused. */
  version: number;
  /** The user who commands. The API has checked the role; the workflow checks who holds and who owns. */
  actorId: number;
}

/** Texts stay in PostgreSQL: a command carries only the id of the note that the API has put down. */
interface Noted extends Sent {
  noteId: number;
}

export interface OpenCommand extends Sent {
  kind: 'open';
  priority: Priority;
  department: Department;
}
export interface RejectCommand extends Noted {
  kind: 'reject';
}
export interface WithdrawCommand extends Noted {
  kind: 'withdraw';
}
export interface CloseCommand extends Sent {
  kind: 'close';
}
export interface ActCommand extends Noted {
  kind: 'act';
  /** The key of a transition of the current step. */
  transition: string;
}
/** A member of the step's role takes the ticket over. */
export interface TakeCommand extends Sent {
  kind: 'take';
}
/** An admin chooses the definition for a ticket that none matched. */
export interface RouteCommand extends Sent {
  kind: 'route';
  workflowVersionId: number;
}

export type Command =
  | OpenCommand
  | RejectCommand
  | WithdrawCommand
  | CloseCommand
  | ActCommand
  | TakeCommand
  | RouteCommand;

export type CommandKind = Command['kind'];

/** Who has commanded, and what was said with it: all that is recorded of a command beside the change that it made. */
export interface Order {
  kind: CommandKind;
  actorId: number;
  noteId: number | null;
}

export const commandKinds = [
  'open',
  'reject',
  'withdraw',
  'close',
  'act',
  'take',
  'route',
] as const satisfies CommandKind[];
