import assert from 'node:assert/strict';
import { carryOutPlans } from '../clock/carry-out-plans.ts';
import { checkDeadlines } from '../clock/check-deadlines.ts';
import { draftPlan, type Plan } from '../clock/plan.ts';
import { type ClockWorld, factsOf, openClockWorld } from '../clock/world.ts';
import type { Fault } from '../fault.ts';

// Where the clock is put forward and back again, on a weekend each.
const zone = 'America/New_York';
const putForward = Date.UTC(2027, 2, 14, 7);
const putBack = Date.UTC(2027, 10, 7, 6);
const lead = 36 * 3_600_000;

const inZone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    assert.notEqual(
      new Date(putForward - lead).getTimezoneOffset(),
      new Date(putForward + lead).getTimezoneOffset(),
      'The clock of this zone is not put forward',
    );
    return await work();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
};

const carryOutAll = async (world: ClockWorld, plans: readonly Plan[]): Promise<ReturnType<typeof checkDeadlines>[]> => {
  const starts = plans.map((_, index) => (index % 2 === 0 ? putForward : putBack) - lead);
  const end = await carryOutPlans(world, plans, starts);
  return plans.map(({ definition }, index) =>
    checkDeadlines(world.ledger.changesOf(factsOf(index).number), definition, end),
  );
};

export const slaClock: Fault = {
  id: 'F-13',
  name: 'months pass in seconds: deadlines on weekends, over both clock changes, and to the second',
  async inject(_, { random, nightly }) {
    const plans = Array.from({ length: nightly ? 200 : 24 }, () => draftPlan(random));
    const reports = await inZone(async () => {
      const world = await openClockWorld(plans);
      try {
        return await carryOutAll(world, plans);
      } finally {
        await world.stop();
      }
    });
    const problems = reports.flatMap((one) => one.problems);
    assert.deepEqual(problems, [], 'A deadline did not come when it had to');
    const sum = (count: (one: (typeof reports)[number]) => number): number =>
      reports.reduce((total, one) => total + count(one), 0);
    const over = (instant: number): number =>
      sum(({ spans }) => spans.filter(({ from, to }) => from < instant && to > instant).length);
    const [passed, kept] = [sum((one) => one.passed), sum((one) => one.kept)];
    assert.ok(passed > 0 && kept > 0, `${passed} deadlines were passed and ${kept} kept`);
    assert.ok(over(putForward) > 0 && over(putBack) > 0, 'No step was open while the clock was put forward and back');
    return {
      times: passed,
      recovery: null,
      notes: [
        `${plans.length} tickets on as many definitions: ${passed} deadlines passed, ${kept} kept; ${over(putForward)} and ${over(putBack)} steps over a change of the clock`,
      ],
    };
  },
};
