import { expect, test } from 'vitest';
import type { Result } from './fault-runner.ts';
import { failedOf, type Outcome, reportOf } from './report.ts';

const verdict = { count: { lost: 0, doubled: 0, unexpected: 0, recovered: 0 }, violations: [] };
const result = (id: string, rest: Partial<Result> = {}): Result => ({
  ...{ fault: { id, name: 'something breaks' }, injected: { times: 1, recovery: null }, operations: 3 },
  ...{ verdict, seconds: { inject: 2, calm: 1, check: 1 }, failure: null, ...rest },
});
const run = (rest: Partial<Outcome> = {}): Outcome => ({
  ...{
    seed: 7,
    results: [result('F-01'), result('F-04')],
    wanted: 2,
    brokenOff: null,
    kills: 5,
    operations: [],
    ...rest,
  },
});
const lastLinesOf = (outcome: Outcome): string[] => reportOf(outcome).split('\n').slice(-2);
const lastLineOf = (outcome: Outcome): string | undefined => lastLinesOf(outcome).at(-1);

test('a run in which every fault was survived has not failed', () => {
  expect(failedOf(run())).toBe(0);
  expect(lastLineOf(run())).toBe('2 passed, 0 failed');
});

test('a fault that was not survived is counted, with the reason', () => {
  const outcome = run({ results: [result('F-01'), result('F-04', { failure: 'The fault never happened' })] });
  expect(lastLineOf(outcome)).toBe('1 passed, 1 failed');
  expect(reportOf(outcome)).toContain('F-04 failed: The fault never happened');
  expect(lastLinesOf(outcome)[0]).toBe('failed: F-04 something breaks: The fault never happened');
});

test('a promise that the checker finds broken is counted by its name', () => {
  const violations = [{ rule: 'K1', what: 'A has no workflow' } as const];
  const outcome = run({ results: [result('F-01', { verdict: { ...verdict, violations } }), result('F-04')] });
  expect(lastLineOf(outcome)).toBe('1 passed, 1 failed');
  expect(reportOf(outcome)).toContain('F-01 K1: A has no workflow');
  expect(lastLinesOf(outcome)).toEqual(['failed: F-01 something breaks: K1: A has no workflow', '1 passed, 1 failed']);
});

test('a run that breaks off says so and has failed with all that it did not come to', () => {
  const outcome = run({ results: [result('F-01')], wanted: 5, brokenOff: 'It was ended by SIGINT' });
  expect(lastLineOf(outcome)).toBe('1 passed, 4 failed');
  expect(reportOf(outcome)).toContain('The run broke off after 1 of 5 faults: It was ended by SIGINT');
  expect(lastLinesOf(outcome)[0]).toBe('failed: the run, after 1 of 5 faults: It was ended by SIGINT');
});

test('a run that breaks off after its last fault has failed all the same', () => {
  expect(failedOf(run({ brokenOff: 'It could not be closed' }))).toBe(1);
});

test('a run that never began has failed', () => {
  expect(lastLineOf(run({ results: [], wanted: 3, brokenOff: 'Another run of faults is under way' }))).toBe(
    '0 passed, 3 failed',
  );
});

test('each fault shows what it took in all and where that went', () => {
  const [, heading, row] = reportOf(run()).split('\n');
  expect(heading).toMatch(/inject +calm +check +took s$/);
  expect(row).toMatch(/ 2 +1 +1 +4$/);
});

test('the report names the seed, so that the same run can be made again', () => {
  expect(reportOf(run())).toContain('seed 7: 0 submissions, 5 kills');
});
