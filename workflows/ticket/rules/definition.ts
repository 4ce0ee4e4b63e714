import type { Department, Priority } from './words.ts';

/** A way out of a step. `to: null` ends the work: the ticket is resolved. */
export interface Transition {
  /** Unique within its step, for example `approve`. */
  key: string;
  name: string;
  to: string | null;
  /** `back` returns the ticket to an earlier step; the screen shows it as a refusal. */
  direction: 'forward' | 'back';
}

/** A station of the ticket, owned by a role of TTS. */
export interface Step {
  key: string;
  name: string;
  role: string;
  /** Where the owner depends on the department the ticket was opened for; wins over `role`. */
  roleByDepartment?: Partial<Record<Department, string>>;
  /** What the assignee has to do, in a sentence or two. */
  instruction: string;
  /** Share of the ticket's time, relative to the other steps. */
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

/** @throws Error when the graph has no such step: a definition is checked before it is published. */
export const stepOf = (definition: Definition, key: string): Step => {
  const step = definition.steps.find((candidate) => candidate.key === key);
  if (!step) throw new Error(`The definition has no step ${key}`);
  return step;
};

export const roleOf = (step: Step, department: Department): string => step.roleByDepartment?.[department] ?? step.role;
