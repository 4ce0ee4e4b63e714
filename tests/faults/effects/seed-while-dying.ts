import { join } from 'node:path';
import { runToEnd } from '../../../seeds/command/run.fixture.ts';
import type { Annex } from '../arena/annex.ts';
import { dieAfterEach } from '../workers/die-after-each.ts';
import { testWorker } from '../workers/test-worker.ts';
import { assertMailsCame } from './assert-mails-came.ts';
import { assertSeeded } from './assert-seeded.ts';

const asked = { people: 6, tickets: 6, ticketsOpen: 2 };

/**
 * Seeds an empty installation while workers die after each of these activities. All that is seeded is there once.
 * @throws AssertionError where it is not.
 */
export const seedWhileDying = async (
  annex: Annex,
  { types, bundle, folder }: { types: readonly string[]; bundle: string; folder: string },
): Promise<void> => {
  await annex.add('api/server.ts');
  const seeded = runToEnd(annex.client, 'all', { flush: true, ...asked });
  // It is awaited below; until then a failure must not end the process.
  seeded.catch(() => undefined);
  await dieAfterEach({
    ...{ types, bundle, patience: 60 },
    file: join(folder, 'deaths-of-seeding'),
    start: (args) => annex.add(testWorker, { args }),
  });
  await seeded;
  await assertMailsCame(annex, types.length);
  await assertSeeded(annex.database, asked);
};
