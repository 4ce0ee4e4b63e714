import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTemporalClient } from '../../../api/temporal/client.ts';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import { each } from '../../rig/each.ts';
import type { Bench, Group } from '../bench.ts';
import { bareQueue, bareType } from '../limits/names.ts';
import { keepOnly } from '../stack/product.ts';
import { productClients } from '../stack/sessions.ts';
import { firstTasksOf } from './histories.ts';
import { forms, submitOne } from './submit.ts';

const submitAll = async (bench: Bench, count: number): Promise<string[]> => {
  const people = productClients(bench.product, bench.sessions.employee);
  const all = forms();
  const numbers: string[] = [];
  await each(
    Array.from({ length: count }, (_, index) => index),
    people.length,
    async (index, worker) => {
      const person = people[worker];
      if (person) numbers.push(await submitOne(person, all[index % all.length] ?? {}));
    },
  );
  return numbers;
};

const clientOf = ({ product }: Bench) =>
  createTemporalClient({
    TEMPORAL_ADDRESS: product.servers.temporalAddress,
    TEMPORAL_NAMESPACE: product.servers.namespace,
  });

/** Workflows a second, from the first workflow's first task until the last one is idle. */
const paceOf = async (bench: Bench, ids: readonly string[]): Promise<number> => {
  const tasks = [...(await firstTasksOf(clientOf(bench), ids)).values()];
  const from = Math.min(...tasks.map(({ started }) => started));
  const to = Math.max(...tasks.map(({ completed }) => completed));
  return (ids.length * 1_000) / (to - from);
};

const patienceMs = 120_000;

/** The relay starts workflows even without workers. The drain begins when it has started all. */
const outboxIsEmpty = async (bench: Bench): Promise<void> => {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    const { rows } = await bench.database.query('select from outbox limit 1');
    if (rows.length === 0) return;
    await sleep(100);
  }
  throw new Error(`The relay has not started all workflows within ${patienceMs / 1_000} s`);
};

const drainOf = async (bench: Bench, count: number): Promise<number> => {
  const { product } = bench;
  const workers = product.workers.length;
  await keepOnly(product, product.apis.length, 0);
  const numbers = await submitAll(bench, count);
  await outboxIsEmpty(bench);
  for (let index = 0; index < workers; index += 1) await product.addWorker();
  await bench.quiet();
  return paceOf(bench, numbers.map(ticketWorkflowId));
};

const bareStarts = async (bench: Bench, count: number): Promise<number> => {
  const client = clientOf(bench);
  const ids: string[] = [];
  await each(Array.from({ length: count }), 32, async () => {
    const id = `${bareType}:${randomUUID()}`;
    await client.workflow.start(bareType, { workflowId: id, taskQueue: bareQueue });
    ids.push(id);
  });
  return paceOf(bench, ids);
};

export const drain: Group = {
  name: 'drain',
  at: 'the end',
  async run(bench) {
    const count = bench.options.drain;
    bench.say(`${count} tickets submitted while the workers are down, then drained`);
    await bench.settle();
    const product = await drainOf(bench, count);
    await bench.settle();
    const limit = await bareStarts(bench, count / 2);
    const ratio = product / limit;
    bench.results.figures.push({
      name: `drain of ${count} submitted while the workers were down`,
      value: product,
      unit: 'per second',
      beside: `bare starts ${limit.toFixed(0)} per second, ratio ${ratio.toFixed(2)}`,
    });
    bench.results.goals.push({
      row: 'drain',
      goal: 'drain: ≥ 0.5 of bare starts',
      measured: ratio.toFixed(2),
      met: ratio >= 0.5,
    });
  },
};
