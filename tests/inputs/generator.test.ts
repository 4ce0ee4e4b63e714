import { afterAll, expect, test } from 'vitest';
import { ask } from './contract.ts';
import { runCampaign } from './generator/campaign.ts';
import { makeStage } from './generator/cast.ts';
import { readOperations } from './generator/document.ts';
import { randomOf } from './generator/random.ts';
import { perRoute, seed } from './generator/settings.ts';
import { openWholeTarget } from './target.ts';

// Here and not in a hook: the tests are the routes that the running API says it has.
const target = await openWholeTarget();
const operations = await readOperations((asked) => ask(target, asked));
const { cast, restock } = await makeStage(target);
const campaign = { target, cast, operations, random: randomOf(seed), count: perRoute };
// What starts late and is kept for good would look like growth.
for (const operation of operations) await runCampaign({ ...campaign, count: 0 }, operation);
await target.api.condition();

afterAll(() => target.close());

test('the document has every route', () => {
  expect(operations.length).toBeGreaterThan(15);
});

test.each(operations.map((operation) => ({ name: operation.name, operation })))(
  `$name keeps the contract for ${perRoute} bad requests, seed ${seed}`,
  async ({ operation }) => {
    await restock();
    const { sent, taken, untouchedTaken, failures } = await runCampaign(campaign, operation);
    console.log(`${operation.name}: ${sent} sent, ${taken} taken, ${failures.length} failures, seed ${seed}`);
    expect(failures).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(300);
    expect(untouchedTaken, 'No untouched request was taken: give this route real values in known.ts').toBeGreaterThan(
      0,
    );
  },
);

test('the API was never blocked and has not grown', async () => {
  const { longestTurn, longestDelay, rssMb } = await target.api.condition();
  console.log({ longestTurn, longestDelay, rssMb });
  expect(longestTurn).toBeLessThanOrEqual(200);
});
