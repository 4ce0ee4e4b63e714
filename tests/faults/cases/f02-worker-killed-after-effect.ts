import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createActivities } from '../../../activities/index.ts';
import { readConfig } from '../../../api/config.ts';
import { createContext } from '../../../api/context.ts';
import { openAnnex } from '../arena/annex.ts';
import type { Arena } from '../arena/arena.ts';
import { knownTypes, typesAt } from '../effects/activity-types.ts';
import { castTickets, provokeActivities } from '../effects/provoke-activities.ts';
import { seedWhileDying } from '../effects/seed-while-dying.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import { impatient, writeBundle } from '../workers/bundles.ts';
import { dieAfterEach } from '../workers/die-after-each.ts';
import { testWorker } from '../workers/test-worker.ts';

// Seconds from one death to the next: workflows wait up to ten for a worker that is dead.
const patience = 60;
const seedingDeaths = 6;

const contextOf = ({ servers, product }: Arena) =>
  createContext(
    readConfig({
      ...product.settings,
      LOG_LEVEL: 'silent',
      DATABASE_URL: servers.databaseUrl,
      TEMPORAL_ADDRESS: servers.temporalAddress,
      TEMPORAL_NAMESPACE: servers.namespace,
    }),
    'faults',
  );
type OwnContext = Awaited<ReturnType<typeof contextOf>>;

/** Compares with what the worker registers, so that no new activity is left out. */
const assertAllKnown = (context: OwnContext): void =>
  assert.deepEqual(
    Object.keys(createActivities(context)).toSorted(),
    knownTypes.toSorted(),
    'The worker has activities that are not in tests/faults/effects/activity-types.ts, or the other way round',
  );

const advanceWhileDying = async (arena: Arena, context: OwnContext, random: Random, bundle: string): Promise<void> => {
  const { product, servers } = arena;
  const cast = await castTickets(arena, random);
  await product.worker.part.end();
  const provoked = await provokeActivities(arena, context, cast, random);
  try {
    const last = await dieAfterEach({
      ...{ types: typesAt('tickets'), bundle, patience },
      file: join(servers.folder, 'deaths-of-tickets'),
      start: (args) => product.add(testWorker, { args }),
    });
    await product.worker.start();
    await last.part.end();
  } finally {
    await product.ensure();
    await provoked.finish();
  }
};

export const workerKilledAfterEffect: Fault = {
  id: 'F-02',
  name: 'a worker dies after the effect of an activity and before it says so, for each type',
  async inject(arena, { random, nightly }) {
    const context = await contextOf(arena);
    const annex = await openAnnex(arena);
    let deaths = 0;
    try {
      assertAllKnown(context);
      const bundle = await writeBundle(arena.servers.folder, 'impatient', impatient);
      // Seeding goes step by step, so each type costs a worker: the short profile draws some, each run others.
      const seedingTypes = nightly ? typesAt('seeding') : random.sample(typesAt('seeding'), seedingDeaths);
      deaths = typesAt('tickets').length + seedingTypes.length;
      const seeding = { types: seedingTypes, bundle, folder: arena.servers.folder };
      const both = [advanceWhileDying(arena, context, random, bundle), seedWhileDying(annex, seeding)];
      await Promise.allSettled(both);
      await Promise.all(both);
    } finally {
      await annex.close();
      await context.close();
    }
    return { times: deaths, recovery: null };
  },
};
