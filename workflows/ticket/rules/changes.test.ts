import { describe, expect, test } from 'vitest';
import { workflowSeeds } from '../../../seeds/workflows.ts';
import { bystander, now, onStep, pinned, ticketAt } from '../ticket.fixture.ts';
import type { Change } from './change.ts';
import { acted, closed, opened, rejected, routed, taken, withdrawn } from './changes.fixture.ts';
import { roleOf, stepOf } from './definition.ts';
import { stepDueAt } from './sla.ts';
import { markOverdue, reassign } from './timed-changes.ts';
import { departments } from './words.ts';

const hour = 3_600_000;
const high = { priority: 'high', department: 'it' } as const;
const mending = { ...ticketAt.held, phase: onStep('mend', 'asset_manager', 2) };
const late = { ...ticketAt.held, phase: { ...onStep('check', 'admin', 2), overdue: true } };

/** A step just entered, without an assignee yet. */
const entered = (step: string, roleKey: string, hours: number) => ({
  at: 'step',
  step,
  roleKey,
  assigneeId: null,
  onlyRequester: false,
  dueAt: now + hours * hour,
  overdue: false,
});

describe('each change makes the next version, with the id of its command or timer', () => {
  test.each([
    {
      what: 'opened where a workflow matches',
      from: ticketAt.review,
      change: opened(ticketAt.review, high, pinned, 'c', now),
      to: { status: 'open', ...high, visit: 1, workflowVersionId: 7, phase: entered('check', 'admin', 2) },
      events: ['opened', 'routed', 'step_entered'],
    },
    {
      what: 'opened where none matches',
      from: ticketAt.review,
      change: opened(ticketAt.review, high, null, 'c', now),
      to: { status: 'open', ...high, visit: 0, workflowVersionId: null, phase: { at: 'unrouted' } },
      events: ['opened', 'unrouted'],
    },
    {
      what: 'rejected in review',
      from: ticketAt.review,
      change: rejected(ticketAt.review, 'c'),
      to: { status: 'rejected', phase: { at: 'over' } },
      events: ['refused'],
    },
    {
      what: 'routed by hand',
      from: ticketAt.unrouted,
      change: routed(ticketAt.unrouted, pinned, 'c', now),
      to: { status: 'open', visit: 2, workflowVersionId: 7, phase: entered('check', 'admin', 2) },
      events: ['routed', 'step_entered'],
    },
    {
      what: 'acted on, forward',
      from: ticketAt.held,
      change: acted(ticketAt.held, pinned, 'submit', 'c', now),
      to: { status: 'in_progress', visit: 2, phase: entered('mend', 'asset_manager', 6) },
      events: ['step_done', 'step_entered'],
    },
    {
      what: 'acted on, back to an earlier step, which is a new visit with a new deadline',
      from: mending,
      change: acted(mending, pinned, 'reject', 'c', now),
      to: { status: 'in_progress', visit: 2, phase: entered('check', 'admin', 2) },
      events: ['step_done', 'step_entered'],
    },
    {
      what: 'resolved by the last step',
      from: mending,
      change: acted(mending, pinned, 'done', 'c', now),
      to: { status: 'resolved', visit: 1, phase: { at: 'resolved', closesAt: now + 72 * hour } },
      events: ['step_done', 'resolved'],
    },
    {
      what: 'taken over, with the deadline and the lateness of the step',
      from: late,
      change: taken(late, bystander, 'c'),
      to: { status: 'open', visit: 1, phase: { ...late.phase, assigneeId: bystander } },
      events: ['taken'],
    },
    {
      what: 'in need of another assignee',
      from: late,
      change: reassign(late),
      to: { changeId: 'members:v6', status: 'open', visit: 1, phase: { ...late.phase, assigneeId: null } },
      events: [],
    },
    {
      what: 'overdue, in the same hands',
      from: ticketAt.held,
      change: markOverdue(ticketAt.held),
      to: { changeId: 'overdue:v6', status: 'open', phase: { ...ticketAt.held.phase, overdue: true } },
      events: ['overdue'],
    },
    {
      what: 'withdrawn at a step',
      from: ticketAt.held,
      change: withdrawn(ticketAt.held, 'c'),
      to: { status: 'withdrawn', ...high, phase: { at: 'over' } },
      events: ['withdrawn'],
    },
    {
      what: 'closed by the requester',
      from: ticketAt.resolved,
      change: closed(ticketAt.resolved, 'requester', 'c'),
      to: { status: 'closed', phase: { at: 'over' } },
      events: ['closed'],
    },
  ])('$what', ({ from, change, to, events }) => {
    expect(change.state).toEqual({ ...from, changeId: 'c', ...to, version: from.version + 1 });
    expect(change.events.map(({ kind }) => kind)).toEqual(events);
  });
});

test('the events say which step was done by which transition, and which role is next', () => {
  expect(acted(mending, pinned, 'reject', 'c', now).events).toEqual([
    { kind: 'step_done', step: 'Mend', transition: 'Reject', direction: 'back', noteFor: 'staff' },
    { kind: 'step_entered', step: 'Check', roleKey: 'admin' },
  ]);
});

test.each([
  [
    'acts on',
    () => acted(ticketAt.resolved, pinned, 'submit', 'c', now),
    'The ticket is on no step, it is at resolved',
  ],
  ['takes', () => taken(ticketAt.review, 2, 'c'), 'The ticket is on no step, it is at review'],
  ['marks as overdue', () => markOverdue(ticketAt.over), 'The ticket is on no step, it is at over'],
  ['reassigns', () => reassign(ticketAt.unrouted), 'The ticket is on no step, it is at unrouted'],
  ['routes', () => routed(ticketAt.review, pinned, 'c', now), 'A ticket enters a step only after it was opened'],
  ['leaves by no way', () => acted(mending, pinned, 'submit', 'c', now), 'The step mend has no transition submit'],
] satisfies [string, () => Change, string][])(
  'code that %s a ticket where that cannot be fails aloud',
  (_, make, why) => {
    expect(make).toThrow(why);
  },
);

describe.each(workflowSeeds)('every way through the seeded $name', ({ definition }) => {
  const seeded = { workflowVersionId: 9, definition };
  const ways = departments.flatMap((department) =>
    definition.steps.flatMap((step) =>
      step.transitions.map(({ key, to }) => ({ department, step: step.key, key, to, target: to ?? 'the end' })),
    ),
  );

  test.each(departments)('starts where it says, for %s', (department) => {
    const { phase } = opened(ticketAt.review, { priority: 'low', department }, seeded, 'c', now).state;
    const roleKey = roleOf(stepOf(definition, definition.start), department);
    expect(phase).toMatchObject({ at: 'step', step: definition.start, roleKey, assigneeId: null });
  });

  test.each(ways)('$department: $key leads from $step to $target', ({ department, step, key, to }) => {
    const here = { ...ticketAt.held, department, phase: onStep(step, roleOf(stepOf(definition, step), department), 2) };
    const { state } = acted(here, seeded, key, 'c', now);
    expect(state.version).toBe(here.version + 1);
    if (to === null) expect(state).toMatchObject({ status: 'resolved', visit: 1, phase: { at: 'resolved' } });
    else {
      const dueAt = stepDueAt(definition, to, 'high', now);
      const roleKey = roleOf(stepOf(definition, to), department);
      expect(state).toMatchObject({ status: 'in_progress', visit: 2, phase: { at: 'step', step: to, roleKey, dueAt } });
    }
  });
});
