import assert from 'node:assert/strict';
import { QueryNotRegisteredError } from '@temporalio/client';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import { each } from '../../rig/each.ts';
import type { Arena } from '../arena/arena.ts';
import { stopGracefully } from '../arena/stop-gracefully.ts';
import type { Fault } from '../fault.ts';
import { type Edit, writeBundle } from '../workers/bundles.ts';
import { testWorker } from '../workers/test-worker.ts';
import type { SubmittedTicket } from '../workload/submission.ts';
import { advanceAll, openOf, ticketsAt } from '../workload/tickets.ts';

/** Commands until a ticket is in review, on each of the three steps, and resolved. */
const stages = [0, 1, 2, 3, 4];

// Changes that running workflows can take: one query more, and other retries.
const compatible: readonly Edit[] = [
  {
    from: /(\(0,\w+\.setHandler\)\()(\w+\.stateQuery, \(\)=>this\.state\);)/g,
    to: "$1{ type: 'query', name: 'release' }, () => 'new'); $1$2",
  },
  { from: /maximumInterval: '1 minute'/g, to: "maximumInterval: '30 seconds'", times: 3 },
];

type Release = 'old' | 'new';

const releaseOf = async ({ client }: Arena, number: string): Promise<Release | string> => {
  try {
    return await client.workflow.getHandle(ticketWorkflowId(number)).query<string>('release');
  } catch (error) {
    if (!(error instanceof QueryNotRegisteredError)) return String(error);
    return 'old';
  }
};

/** Every open ticket of these is served by this release. Returns how many they are. */
const assertServedBy = async (release: Release, arena: Arena, tickets: readonly SubmittedTicket[]): Promise<number> => {
  const open = await openOf(arena, tickets);
  await each(open, 8, async (number) => {
    const served = await releaseOf(arena, number);
    assert.equal(served, release, `${number} is served by ${served}, it should be the ${release} release`);
  });
  return open.length;
};

export const releaseAndBack: Fault = {
  id: 'F-16',
  name: 'a new release takes over while tickets are in flight at every step, and is taken back',
  async inject(arena, { random, nightly }) {
    const { api, worker } = arena.product;
    const perStage = nightly ? 50 : 4;
    const bundle = await writeBundle(arena.servers.folder, 'compatible', compatible);
    const tickets = await ticketsAt(
      arena,
      random,
      stages.flatMap((commands) => Array<number>(perStage).fill(commands)),
    );

    const newer = await arena.product.add(testWorker, { args: [bundle] });
    let released = 0;
    try {
      const moving = advanceAll(arena, tickets, random, { commands: 1 });
      await stopGracefully(worker);
      await moving;
      released = await assertServedBy('new', arena, tickets);
      const movingBack = advanceAll(arena, tickets, random, { commands: 1 });
      await worker.start();
      await stopGracefully(newer);
      await stopGracefully(api);
      await api.start();
      await movingBack;
      await assertServedBy('old', arena, tickets);
    } finally {
      await newer.part.stop();
    }
    await advanceAll(arena, tickets, random);
    const open = (await openOf(arena, tickets)).length;
    assert.equal(open, 0, `${open} of ${tickets.length} tickets did not come to their end`);
    return { times: 2, recovery: null, notes: [`${released} open workflows went to the new release and back`] };
  },
};
