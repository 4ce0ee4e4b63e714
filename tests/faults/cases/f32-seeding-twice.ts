import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { runSeed } from '../../../seeds/command/run.fixture.ts';
import { queues } from '../../../workflows/names.ts';
import { seedWorkflowId, seedWorkflowType } from '../../../workflows/seed/names.ts';
import { type Annex, openAnnex } from '../arena/annex.ts';
import { assertMailsCame } from '../effects/assert-mails-came.ts';
import { assertSeeded, type SeedCounts } from '../effects/assert-seeded.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import { impatient, writeBundle } from '../workers/bundles.ts';
import { testWorker } from '../workers/test-worker.ts';

const wordsFor = ({ people, tickets, ticketsOpen }: SeedCounts): string[] => [
  ...['all', '-o', 'json', '--people', `${people}`, '--tickets', `${tickets}`, '--tickets-open', `${ticketsOpen}`],
];

/** `npm run seed`, in an installation that is in production. @throws AssertionError when it does not succeed. */
const seedOnce = async ({ settings }: Annex, asked: SeedCounts): Promise<{ created: number }> => {
  const { code, stdout, stderr } = await runSeed(wordsFor(asked), { ...settings, NODE_ENV: 'production' });
  assert.equal(code, 0, `Seeding ended with code ${code}: ${stdout} ${stderr}`);
  return JSON.parse(stdout);
};

/** Nothing is deleted in production: neither the command nor the worker does it, whoever asks. */
const assertClearingIsRefused = async ({ settings, client }: Annex): Promise<void> => {
  const refused = await runSeed(['all', '--flush', '--yes'], { ...settings, NODE_ENV: 'production' });
  assert.equal(refused.code, 1, 'The seed command clears a production installation');
  assert.match(refused.stderr + refused.stdout, /NODE_ENV is production/);
  // By hand, from Temporal Web, past the command.
  const byHand = client.workflow.execute(seedWorkflowType('all'), {
    workflowId: seedWorkflowId('all'),
    taskQueue: queues.workflow,
    args: [{ flush: true }],
  });
  await assert.rejects(byHand, (error: Error) => {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      if (cause.message.includes('A production installation is not cleared')) return true;
    return false;
  });
};

export const seedingTwice: Fault = {
  id: 'F-32',
  name: 'seeding is started twice, and its worker is killed on the way',
  async inject(arena, { random, nightly }) {
    const asked = nightly ? { people: 150, tickets: 50, ticketsOpen: 20 } : { people: 6, tickets: 6, ticketsOpen: 2 };
    const kills = nightly ? 8 : 1;
    const annex = await openAnnex(arena);
    try {
      const bundle = await writeBundle(arena.servers.folder, 'impatient', impatient);
      await annex.add('api/server.ts');
      const worker = await annex.add(testWorker, {
        args: [bundle],
        settings: { NODE_ENV: 'production', PUBLIC_URL: 'https://help.example.com' },
      });
      let over = false;
      const both = Promise.all([seedOnce(annex, asked), seedOnce(annex, asked)]).finally(() => {
        over = true;
      });
      // It is awaited below; until then a failure must not end the process.
      both.catch(() => undefined);
      await eventually('seeding has begun', async () => {
        const { rows } = await annex.database.query('select from auth.system');
        return rows.length > 0;
      });
      for (let kill = 0; kill < kills; kill += 1) {
        await sleep(random.between(200, 1_500));
        assert.ok(!over, 'Seeding was over before its worker was killed');
        await worker.part.kill();
        await worker.start();
      }
      await both;
      await assertMailsCame(annex, kills);
      const facts = await assertSeeded(annex.database, asked);
      const again = await seedOnce(annex, asked);
      assert.equal(again.created, 0, `Seeding once more has made ${again.created} things`);
      await assertClearingIsRefused(annex);
      await assertSeeded(annex.database, asked);
      return { times: kills, recovery: null, notes: [`${facts} facts were seeded, each once`] };
    } finally {
      await annex.close();
    }
  },
};
