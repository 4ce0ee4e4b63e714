import { describe, expect, test } from 'vitest';
import { workflowSeeds } from '../../../seeds/workflows.ts';
import { bystander, now, onStep, pinned, ticketAt } from '../ticket.fixture.ts';
import { roleOf, stepOf } from './definition.ts';
import {
  acted,
  type Change,
  closed,
  opened,
  overdue,
  reassigned,
  refused,
  routed,
  taken,
  withdrawn,
} from './lifecycle.ts';
import { stepDueAt } from './sla.ts';
import { departments } from './words.ts';

const hour = 3_600_000;
const high = { priority: 'high', department: 'it' } as const;
const mending = { ...ticketAt.held, phase: onStep('mend', 'Asset Manager', 2) };
const late = { ...ticketAt.held, phase: { ...onStep('check', 'Admin', 2), overdue: true } };

/** A step that has just been entered: nobody holds it yet. */
const entered = (step: string, role: string, hours: number) => ({
  at: 'step',
  step,
  role,
  assigneeId: null,
  dueAt: now + hours * hour,
  overdue: false,
});

describe('each change makes the next version, with the id of what made it', () => {
  test.each([
    {
      what: 'opened where a workflow matches',
      from: ticketAt.review,
      change: opened(ticketAt.review, high, pinned, 'c', now),
      to: { status: 'open', ...high, visit: 1, workflowVersionId: 7, phase: entered('check', 'Admin', 2) },
      story: ['opened', 'routed', 'step_entered'],
    },
    {
      what: 'opened where none matches',
      from: ticketAt.review,
      change: opened(ticketAt.review, high, null, 'c', now),
      to: { status: 'open', ...high, visit: 0, workflowVersionId: null, phase: { at: 'unrouted' } },
      story: ['opened', 'unrouted'],
    },
    {
      what: 'rejected in review',
      from: ticketAt.review,
      change: refused(ticketAt.review, 'c'),
      to: { status: 'rejected', phase: { at: 'over' } },
      story: ['refused'],
    },
    {
      what: 'routed by hand',
      from: ticketAt.unrouted,
      change: routed(ticketAt.unrouted, pinned, 'c', now),
      to: { status: 'open', visit: 2, workflowVersionId: 7, phase: entered('check', 'Admin', 2) },
      story: ['routed', 'step_entered'],
    },
    {
      what: 'acted on, forward',
      from: ticketAt.held,
      change: acted(ticketAt.held, pinned, 'submit', 'c', now),
      to: { status: 'in_progress', visit: 2, phase: entered('mend', 'Asset Manager', 6) },
      story: ['step_done', 'step_entered'],
    },
    {
      what: 'acted on, back to an earlier step, which is a new visit with a new deadline',
      from: mending,
      change: acted(mending, pinned, 'reject', 'c', now),
      to: { status: 'in_progress', visit: 2, phase: entered('check', 'Admin', 2) },
      story: ['step_done', 'step_entered'],
    },
    {
      what: 'resolved by the last step',
      from: mending,
      change: acted(mending, pinned, 'done', 'c', now),
      to: { status: 'resolved', visit: 1, phase: { at: 'resolved', closesAt: now + 72 * hour } },
      story: ['step_done', 'resolved'],
    },
    {
      what: 'taken over, with the deadline and the lateness of the step',
      from: late,
      change: taken(late, bystander, 'c'),
      to: { status: 'open', visit: 1, phase: { ...late.phase, assigneeId: bystander } },
      story: ['taken'],
    },
    {
      what: 'in need of another assignee',
      from: late,
      change: reassigned(late, 'c'),
      to: { status: 'open', visit: 1, phase: { ...late.phase, assigneeId: null } },
      story: [],
    },
    {
      what: 'overdue, in the same hands',
      from: ticketAt.held,
      change: overdue(ticketAt.held, 'c'),
      to: { status: 'open', phase: { ...ticketAt.held.phase, overdue: true } },
      story: ['overdue'],
    },
    {
      what: 'withdrawn at a step',
      from: ticketAt.held,
      change: withdrawn(ticketAt.held, 'c'),
      to: { status: 'withdrawn', ...high, phase: { at: 'over' } },
      story: ['withdrawn'],
    },
    {
      what: 'closed by the requester',
      from: ticketAt.resolved,
      change: closed(ticketAt.resolved, 'requester', 'c'),
      to: { status: 'closed', phase: { at: 'over' } },
      story: ['closed'],
    },
  ])('$what', ({ from, change, to, story }) => {
    expect(change.state).toEqual({ ...from, ...to, version: from.version + 1, changeId: 'c' });
    expect(change.story.map(({ kind }) => kind)).toEqual(story);
  });
});

test('the story says what was done where, by which way out, and who comes next', () => {
  expect(acted(mending, pinned, 'reject', 'c', now).story).toEqual([
    { kind: 'step_done', step: 'Mend', transition: 'Reject', direction: 'back' },
    { kind: 'step_entered', step: 'Check', role: 'Admin' },
  ]);
});

test.each([
  ['acts on', () => acted(ticketAt.resolved, pinned, 'submit', 'c', now), 'Only a ticket on a step can be acted on'],
  ['takes', () => taken(ticketAt.review, 2, 'c'), 'Only a ticket on a step can be taken'],
  ['marks as overdue', () => overdue(ticketAt.over, 'c'), 'Only a ticket on a step can be overdue'],
  ['reassigns', () => reassigned(ticketAt.unrouted, 'c'), 'Only a ticket on a step has an assignee'],
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
    const role = roleOf(stepOf(definition, definition.start), department);
    expect(phase).toMatchObject({ at: 'step', step: definition.start, role, assigneeId: null });
  });

  test.each(ways)('$department: $key leads from $step to $target', ({ department, step, key, to }) => {
    const here = { ...ticketAt.held, department, phase: onStep(step, roleOf(stepOf(definition, step), department), 2) };
    const { state } = acted(here, seeded, key, 'c', now);
    expect(state.version).toBe(here.version + 1);
    if (to === null) expect(state).toMatchObject({ status: 'resolved', visit: 1, phase: { at: 'resolved' } });
    else {
      const dueAt = stepDueAt(definition, to, 'high', now);
      const role = roleOf(stepOf(definition, to), department);
      expect(state).toMatchObject({ status: 'in_progress', visit: 2, phase: { at: 'step', step: to, role, dueAt } });
    }
  });
});
