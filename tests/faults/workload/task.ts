import assert from 'node:assert/strict';
import { z } from 'zod';
import { eventually } from '../eventually.ts';
import type { Random } from '../random.ts';
import { advance } from './advance.ts';
import { commandKey } from './command-key.ts';
import type { Answer, Person } from './person.ts';
import { type Senders, type SubmittedTicket, submit } from './submission.ts';

const seen = z.object({
  version: z.int(),
  state: z.string(),
  step: z.string().nullable(),
  assignee: z.object({ id: z.int() }).nullable(),
  dueAt: z.string().nullable(),
  overdue: z.boolean(),
});
export type SeenTask = z.infer<typeof seen>;

/** Submits a ticket besides the workload. @throws when it is not taken. */
export const submitted = async (senders: Senders, random: Random): Promise<SubmittedTicket> => {
  const ticket = await submit(senders, random);
  assert.ok(ticket, 'A submission was not taken');
  return ticket;
};

/** A ticket at its first step. */
export const opened = async (senders: Senders, random: Random): Promise<SubmittedTicket> => {
  const ticket = await submitted(senders, random);
  await advance(senders, ticket, random, { commands: 1 });
  return ticket;
};

/** The task as the desk sees it; null when it was not answered. */
export const taskOf = async ({ people }: Senders, number: string): Promise<SeenTask | null> => {
  const { outcome, body } = await people.admin.ask({
    kind: 'read',
    path: `/api/tracking/tasks/${number}`,
    ticket: number,
  });
  return outcome === 'ok' ? seen.parse(body) : null;
};

export interface AssignedStep {
  task: SeenTask & { step: string };
  assignee: Person;
}

/** The ticket's step with its assignee, as soon as there is one. */
export const assignedStep = async (senders: Senders, number: string): Promise<AssignedStep> => {
  let found: AssignedStep | null = null;
  await eventually(`a step of ${number} has an assignee`, async () => {
    const task = await taskOf(senders, number);
    if (task?.assignee && task.step && task.state === 'held')
      found = { task: { ...task, step: task.step }, assignee: senders.people.byId(task.assignee.id) };
    return found !== null;
  });
  assert.ok(found);
  return found;
};

/** Acts on a step; `via`: through another process of the API than the usual one. */
export const act = (
  number: string,
  {
    person,
    version,
    transition,
    note = 'Looked at it.',
    via,
  }: { person: Person; version: number; transition: string; note?: string; via?: string },
): Promise<Answer> =>
  person.ask({
    kind: 'command',
    path: `/api/tracking/tasks/${number}/act`,
    ticket: number,
    command: transition,
    body: { version, transition, note },
    key: commandKey(),
    ...(via === undefined ? {} : { via }),
  });

/** Which transition leads on from each step of the seeded workflows. */
export const onward: Readonly<Record<string, string>> = { Triage: 'submit', Resolve: 'approve', Finalize: 'finalize' };
