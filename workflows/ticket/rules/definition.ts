import type { Department, Priority } from './words.ts';

/** A transition from a step. `to: null` resolves the ticket. */
export interface Transition {
  /** Unique within its step, for example `approve`. */
  key: string;
  name: string;
  to: string | null;
  /** `back` returns the ticket to an earlier step; pages show it as a rejection. */
  direction: 'forward' | 'back';
  /** Whether people must or may write a note. Versions from before this setting have none; see `noteRuleOf`. */
  note?: NoteRule;
  /** Who reads the note: the requester too, or only the people who work on tickets, which is the default. */
  noteFor?: NoteReader;
}

export type NoteRule = 'required' | 'optional' | 'none';
export type NoteReader = 'requester' | 'staff';

/** A step, owned by a role of TTS. */
export interface Step {
  key: string;
  name: string;
  role: string;
  /** The owner by the department that the ticket was opened for; overrides `role`. */
  roleByDepartment?: Partial<Record<Department, string>>;
  /** Whether a requester with the role may decide about the own ticket here. Without it: no. */
  requesterMayAct?: boolean;
  /** What the assignee has to do, in a sentence or two. */
  instruction: string;
  /** Its share of the ticket's time, relative to the other steps. */
  weight: number;
  transitions: Transition[];
}

/** The graph that a ticket follows from triage to resolution. A published version never changes. */
export interface Definition {
  start: string;
  steps: Step[];
  /** Time to resolve, in milliseconds, for each priority. */
  sla: Record<Priority, number>;
}

/** @throws Error when the graph has no such step; that is a bug, because definitions are checked when published. */
export const stepOf = (definition: Definition, key: string): Step => {
  const step = definition.steps.find((candidate) => candidate.key === key);
  if (!step) throw new Error(`The definition has no step ${key}`);
  return step;
};

export const roleOf = (step: Step, department: Department): string => step.roleByDepartment?.[department] ?? step.role;

/** Without a setting, sending a ticket back needs a reason, and going forward does not. */
export const noteRuleOf = ({ note, direction }: Transition): NoteRule =>
  note ?? (direction === 'back' ? 'required' : 'optional');

export const noteReaderOf = ({ noteFor }: Transition): NoteReader => noteFor ?? 'staff';
