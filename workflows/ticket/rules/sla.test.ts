import { describe, expect, test } from 'vitest';
import { workflowSeeds } from '../../../seeds/workflows.ts';
import { definition, now } from '../ticket.fixture.ts';
import { type Definition, stepOf } from './definition.ts';
import { autoCloseAfter, stepDueAt } from './sla.ts';
import { priorities } from './words.ts';

const hour = 3_600_000;

const sharesOf = (graph: Definition, priority: (typeof priorities)[number]): number[] =>
  graph.steps.map((step) => stepDueAt(graph, step.key, priority, now) - now);

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

const withWeights = (...weights: number[]): Definition => ({
  ...definition,
  steps: weights.map((weight, index) => ({ ...stepOf(definition, 'check'), key: `s${index}`, weight })),
});

describe.each(workflowSeeds)('the time of the seeded $name', ({ definition: seeded }) => {
  test.each(priorities)('is shared out among its steps without a rest, for priority %s', (priority) => {
    const shares = sharesOf(seeded, priority);
    expect(Math.abs(sum(shares) - seeded.sla[priority])).toBeLessThanOrEqual(seeded.steps.length / 2);
    expect(Math.min(...shares)).toBeGreaterThan(0);
  });

  test('is shorter for a higher priority', () => {
    const times = priorities.map((priority) => seeded.sla[priority]);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

test.each([
  { step: 'check', priority: 'critical', hours: 1 },
  { step: 'mend', priority: 'critical', hours: 3 },
  { step: 'check', priority: 'high', hours: 2 },
  { step: 'mend', priority: 'high', hours: 6 },
  { step: 'check', priority: 'medium', hours: 12 },
  { step: 'mend', priority: 'low', hours: 90 },
] as const)('a $priority ticket has $hours hours for the step $step, by its weight', ({ step, priority, hours }) => {
  expect(stepDueAt(definition, step, priority, now)).toBe(now + hours * hour);
});

test('steps without weights share the time evenly', () => {
  expect(sharesOf(withWeights(0, 0, 0, 0), 'critical')).toEqual([hour, hour, hour, hour]);
});

test('weights that do not divide the time evenly still give whole milliseconds', () => {
  expect(sharesOf(withWeights(1, 1, 1), 'critical').every(Number.isInteger)).toBe(true);
  expect(sum(sharesOf(withWeights(1, 2, 4), 'high'))).toBeCloseTo(8 * hour, -1);
});

test('a resolved ticket waits 72 hours for its requester', () => {
  expect(autoCloseAfter).toBe(72 * hour);
});
