import { randomUUID } from 'node:crypto';
import { createTemporalClient } from '../../../api/temporal/client.ts';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import type { Bench, Group } from '../bench.ts';
import { bareQueue, bareType } from '../limits/names.ts';
import { pace } from '../measure/cell.ts';
import { type Spread, spreadOf } from '../measure/spread.ts';
import { productClients } from '../stack/sessions.ts';
import { firstTasksOf } from './histories.ts';
import { forms, submitOne } from './submit.ts';

const perSecond = 10;

interface Sent {
  id: string;
  at: number;
}

const temporalClient = ({ product }: Bench) =>
  createTemporalClient({
    TEMPORAL_ADDRESS: product.servers.temporalAddress,
    TEMPORAL_NAMESPACE: product.servers.namespace,
  });

/** Milliseconds from sending until the workflow is idle. */
const waitsOf = async (bench: Bench, sent: readonly Sent[]): Promise<Spread> => {
  const tasks = await firstTasksOf(
    temporalClient(bench),
    sent.map(({ id }) => id),
  );
  return spreadOf(sent.map(({ id, at }) => (tasks.get(id)?.completed ?? Number.NaN) - at));
};

const submitted = async (bench: Bench): Promise<Spread> => {
  const people = productClients(bench.product, bench.sessions.employee);
  const all = forms();
  const sent = await pace(perSecond, bench.options.seconds, async (index): Promise<Sent> => {
    const at = Date.now();
    const person = people[index % people.length];
    if (!person) throw new Error('Nobody is signed in');
    return { at, id: ticketWorkflowId(await submitOne(person, all[index % all.length] ?? {})) };
  });
  return waitsOf(bench, sent);
};

const startedBare = async (bench: Bench): Promise<Spread> => {
  const client = temporalClient(bench);
  const sent = await pace(perSecond, bench.options.seconds / 2, async (): Promise<Sent> => {
    const id = `${bareType}:${randomUUID()}`;
    const at = Date.now();
    await client.workflow.start(bareType, { workflowId: id, taskQueue: bareQueue });
    return { id, at };
  });
  return waitsOf(bench, sent);
};

const ms = (value: number): string => `${value.toFixed(0)} ms`;

export const arrival: Group = {
  name: 'arrival',
  at: 'the end',
  async run(bench) {
    bench.say(`submitted to waiting for review, ${perSecond} a second`);
    await bench.settle();
    const product = await submitted(bench);
    await bench.settle();
    const limit = await startedBare(bench);
    bench.results.figures.push({
      name: `submitted → waiting for review, p95 at ${perSecond} a second`,
      value: product.p95,
      unit: 'ms',
      beside: `p50 ${ms(product.p50)}; a bare start p95 ${ms(limit.p95)}, p50 ${ms(limit.p50)}`,
    });
    bench.results.goals.push({
      row: 'arrival',
      goal: `submitted → waiting for review: p95 under 1 s at ${perSecond} a second`,
      measured: ms(product.p95),
      met: product.p95 < 1_000,
    });
  },
};
