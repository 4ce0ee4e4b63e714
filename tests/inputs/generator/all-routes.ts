import { afterAll, expect, test } from 'vitest';
import { ask } from '../contract.ts';
import { openWholeTarget } from '../target.ts';
import type { Condition } from '../watched-api.ts';
import { runCampaign } from './campaign.ts';
import { makeStage } from './cast.ts';
import { type Operation, readOperations } from './document.ts';
import { randomOf } from './random.ts';
import { perRoute, seed } from './settings.ts';

/** Each a test file, so that they run beside each other. Together they have every route once. */
const shares = {
  reading: ({ changes }: Operation): boolean => !changes,
  changing: ({ changes }: Operation): boolean => changes,
};

const described = ({ longestTurn, longestDelay, rssMb }: Condition): string =>
  `longest turn ${Math.round(longestTurn)} ms of its own, ${Math.round(longestDelay)} ms by the clock, ${Math.round(rssMb)} MB`;

/** Bad requests for every route of this share that the running API says it has: each route is a test. */
export const testRoutes = async (share: keyof typeof shares): Promise<void> => {
  const target = await openWholeTarget();
  const operations = await readOperations((asked) => ask(target, asked));
  const { cast, restock } = await makeStage(target);
  const campaign = { target, cast, operations, random: randomOf(seed), count: perRoute };
  // What it needed to start is not counted.
  await target.api.condition();
  const conditions: Condition[] = [];

  afterAll(() => target.close());

  test('the document has every route, and each is tested once', () => {
    expect(operations.length).toBeGreaterThan(15);
    const times = operations.map((operation) => Object.values(shares).filter((has) => has(operation)).length);
    expect(times).toEqual(operations.map(() => 1));
  });

  test.each(operations.filter(shares[share]).map((operation) => ({ name: operation.name, operation })))(
    `$name keeps the contract for ${perRoute} bad requests, seed ${seed}`,
    async ({ operation }) => {
      await restock();
      const { sent, taken, untouchedTaken, failures } = await runCampaign(campaign, operation);
      const condition = await target.api.condition();
      conditions.push(condition);
      console.log(`${operation.name}: ${sent} sent, ${taken} taken; ${described(condition)}; seed ${seed}`);
      expect(failures).toEqual([]);
      expect(condition.longestTurn, 'Others had to wait').toBeLessThanOrEqual(200);
      expect(sent).toBeGreaterThanOrEqual(300);
      expect(untouchedTaken, 'No untouched request was taken: give this route real values in known.ts').toBeGreaterThan(
        0,
      );
    },
  );

  test('the memory of the API does not grow with bad requests', () => {
    // What is loaded late and kept for good belongs to the first half.
    const [settled] = conditions.slice(Math.floor(conditions.length / 2));
    const last = conditions.at(-1);
    expect((last?.rssMb ?? Infinity) - (settled?.rssMb ?? 0)).toBeLessThanOrEqual(64);
  });
};
