import { afterAll, expect, test } from 'vitest';
import { ask } from '../contract.ts';
import { openWholeTarget } from '../target.ts';
import type { Condition } from '../watched-api.ts';
import { runCampaign } from './campaign.ts';
import { makeStage } from './cast.ts';
import { type Operation, readOperations } from './document.ts';
import { randomOf } from './random.ts';
import { perRoute, seed } from './settings.ts';

/** One test file for each share, so that they run side by side. Together they have every route once. */
const shares = {
  reading: ({ changes }: Operation): boolean => !changes,
  changing: ({ changes }: Operation): boolean => changes,
};

const described = ({ longestTurn, longestDelay, rssMb }: Condition): string =>
  `longest turn ${Math.round(longestTurn)} ms of its own, ${Math.round(longestDelay)} ms by the clock, ${Math.round(rssMb)} MB`;

/** Sends bad requests to every route of this share. Each route in the document of the running API is a test. */
export const testRoutes = async (share: keyof typeof shares): Promise<void> => {
  const target = await openWholeTarget();
  const operations = await readOperations((asked) => ask(target, asked));
  const { cast, restock } = await makeStage(target);
  const count = perRoute(operations.length);
  const campaign = { target, cast, operations, random: randomOf(seed), count, openings: 100 };
  // What the start has needed does not count.
  await target.api.condition();
  const conditions: Condition[] = [];

  afterAll(() => target.close());

  test('the document has every route, and each is tested once', () => {
    expect(operations.length).toBeGreaterThan(15);
    const times = operations.map((operation) => Object.values(shares).filter((has) => has(operation)).length);
    expect(times).toEqual(operations.map(() => 1));
  });

  test.each(operations.filter(shares[share]).map((operation) => ({ name: operation.name, operation })))(
    `$name keeps the contract for ${count} bad requests, seed ${seed}`,
    async ({ operation }) => {
      await restock();
      const { sent, taken, untouchedTaken, failures } = await runCampaign(campaign, operation);
      const condition = await target.api.condition();
      conditions.push(condition);
      console.log(`${operation.name}: ${sent} sent, ${taken} taken; ${described(condition)}; seed ${seed}`);
      expect(failures).toEqual([]);
      expect(condition.longestTurn, 'Others had to wait').toBeLessThanOrEqual(200);
      expect(sent).toBe(count);
      expect(untouchedTaken, 'No untouched request was taken: give this route real values in known.ts').toBeGreaterThan(
        0,
      );
    },
  );

  test('the memory of the API does not grow with bad requests', () => {
    // The first half may load and keep what the API needs only once.
    const [settled] = conditions.slice(Math.floor(conditions.length / 2));
    const last = conditions.at(-1);
    expect((last?.rssMb ?? Infinity) - (settled?.rssMb ?? 0)).toBeLessThanOrEqual(64);
  });
};
