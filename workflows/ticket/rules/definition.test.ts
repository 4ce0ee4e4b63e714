import { describe, expect, test } from 'vitest';
import { workflowRoles, workflowSeeds } from '../../../seeds/workflows.ts';
import { definition } from '../ticket.fixture.ts';
import { type Definition, roleOf, stepOf } from './definition.ts';
import { departments } from './words.ts';

/** All steps reachable from these, including themselves. */
const reached = (from: string[], ways: (step: string) => string[]): Set<string> => {
  const found = new Set(from);
  for (const step of found) for (const next of ways(step)) found.add(next);
  return found;
};

const forward = (graph: Definition) => (key: string) =>
  stepOf(graph, key).transitions.flatMap(({ to }) => (to === null ? [] : [to]));
const backward = (graph: Definition) => (key: string) =>
  graph.steps.filter((step) => step.transitions.some(({ to }) => to === key)).map((step) => step.key);

describe.each(workflowSeeds)('the seeded $name', ({ definition: seeded }) => {
  const keys = seeded.steps.map((step) => step.key);

  test('leads from its start to every step', () => {
    expect(reached([seeded.start], forward(seeded))).toEqual(new Set(keys));
  });

  test('leads from every step to the end', () => {
    const last = seeded.steps.filter((step) => step.transitions.some(({ to }) => to === null)).map((step) => step.key);
    expect(reached(last, backward(seeded))).toEqual(new Set(keys));
  });

  test('has unique keys of steps, and of actions within a step', () => {
    expect(new Set(keys).size).toBe(keys.length);
    for (const { transitions } of seeded.steps)
      expect(new Set(transitions.map(({ key }) => key)).size).toBe(transitions.length);
  });

  test.each(departments)('has an owner for every step of a ticket for %s', (department) => {
    for (const step of seeded.steps) expect(workflowRoles).toContain(roleOf(step, department));
  });
});

test('the department may decide who owns a step; otherwise it is the step’s own role', () => {
  expect(departments.map((department) => roleOf(stepOf(definition, 'mend'), department))).toEqual([
    'asset_manager',
    'asset_manager',
    'budget_manager',
  ]);
  expect(roleOf(stepOf(definition, 'check'), 'budget')).toBe('admin');
});

test('an unknown step is named in the error', () => {
  expect(() => stepOf(definition, 'paint')).toThrow('The definition has no step paint');
});
