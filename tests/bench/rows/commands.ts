import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { createTemporalClient } from '../../../api/temporal/client.ts';
import { each } from '../../rig/each.ts';
import type { Bench, Group } from '../bench.ts';
import { bareQueue, bareType } from '../limits/names.ts';
import { compare } from './compare.ts';
import { type Agents, actOn, agentClients, type Living, makeLiving, signInAgents } from './living.ts';

/** Four for each client, so that a client finds an idle one, and all fit into the worker's cache. */
const workflows = 64;

interface Prepared {
  tickets: Living[];
  agents: Agents;
  bare: WorkflowHandle[];
  isWarm: boolean;
}

const startBare = async ({ product }: Bench): Promise<WorkflowHandle[]> => {
  const client = createTemporalClient({
    TEMPORAL_ADDRESS: product.servers.temporalAddress,
    TEMPORAL_NAMESPACE: product.servers.namespace,
  });
  const handles: WorkflowHandle[] = [];
  await each(Array.from({ length: workflows }), 8, async () => {
    const handle = await client.workflow.start(bareType, {
      workflowId: `${bareType}:${randomUUID()}`,
      taskQueue: bareQueue,
    });
    await handle.executeUpdate('touch');
    handles.push(handle);
  });
  return handles;
};

/** Takes the item that has been idle longest, works with it and puts it back. */
const withNext = async <Item>(resting: Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const item = resting.shift();
  if (item === undefined) throw new Error('There are fewer workflows than clients');
  await work(item);
  resting.push(item);
};

const compareCommand = async (bench: Bench, prepared: Prepared, clients: number): Promise<void> => {
  const people = Array.from({ length: clients }, (_, client) => agentClients(bench, prepared.agents, client));
  await compare(bench, {
    row: 'command',
    clients,
    seconds: bench.options.commandSeconds,
    turns: 3,
    product: (client) =>
      withNext(prepared.tickets, async (ticket) => {
        const agents = people[client];
        if (agents) await actOn(bench, ticket, agents);
      }),
    limit: () =>
      withNext(prepared.bare, async (handle) => {
        await handle.executeUpdate('touch');
      }),
  });
};

/**
 * Loads the measured workflows into the worker's cache again, because submissions of other rows have filled it. Before the
 * first measurement it also runs product and limit until Node has compiled their code.
 */
const warm = async (bench: Bench, { tickets, agents, bare, isWarm }: Prepared): Promise<void> => {
  const people = agentClients(bench, agents, 0);
  const rounds = isWarm ? 1 : 24;
  for (let round = 0; round < rounds; round += 1) {
    await each(tickets, 8, (ticket) => actOn(bench, ticket, people));
    await each(bare, 8, async (handle) => {
      await handle.executeUpdate('touch');
    });
  }
};

const prepare = async (bench: Bench): Promise<Prepared> => ({
  tickets: await makeLiving(bench, workflows),
  agents: await signInAgents(bench),
  bare: await startBare(bench),
  isWarm: false,
});

let prepared: Promise<Prepared> | undefined;

export const commands: Group = {
  name: 'commands',
  at: 'each size, or the last',
  async run(bench) {
    prepared ??= prepare(bench);
    try {
      const ready = await prepared;
      await warm(bench, ready);
      ready.isWarm = true;
      for (const clients of bench.options.clients) await compareCommand(bench, ready, clients);
    } catch (error) {
      // Start with new tickets next time: those in use are in an unknown state.
      prepared = undefined;
      throw error;
    }
  },
};
