import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { type Span, secondsOf, sentWithin, within } from '../workload/span.ts';
import { act, assignedStep, onward, opened } from '../workload/task.ts';
import { during } from '../workload/workload.ts';

const answeredWithin = 5;
const drainedWithin = 60;

export const temporalKilled: Fault = {
  id: 'F-05',
  name: 'Temporal is killed and is away for five seconds',
  async inject(arena, { random, nightly }) {
    const kills = nightly ? 10 : 2;
    const spans: Span[] = [];
    const ticket = await opened(arena, random);
    await during(arena, random, {}, async () => {
      for (let kill = 0; kill < kills; kill += 1) {
        await sleep(random.between(1_000, 3_000));
        const { task, assignee } = await assignedStep(arena, ticket.number);
        await arena.temporal.kill();
        const from = Date.now();
        // One that is sent at the start meets the whole outage; what the workload sends later may outlast it.
        const [refusal] = await Promise.all([
          act(ticket.number, { person: assignee, version: task.version, transition: onward[task.step] ?? '' }),
          sleep(5_000),
        ]);
        assert.equal(refusal.status, 503, 'A command was not refused while Temporal was away');
        spans.push({ from, to: Date.now() });
        await arena.heal();
      }
    });
    const operations = spans.flatMap((span) => sentWithin(arena.journal.operations, span));
    const commands = operations.filter(({ kind }) => kind === 'command');
    assert.ok(
      commands.every(({ status }) => status !== null),
      'A command got no answer',
    );
    const slowest = Math.max(...commands.map(secondsOf));
    assert.ok(slowest <= answeredWithin, `A command was answered after ${slowest.toFixed(1)} s`);
    const rest = spans
      .flatMap((span) => within(arena.journal.operations, span))
      .filter(({ kind }) => kind !== 'command');
    for (const kind of ['submit', 'read'] as const) {
      const own = rest.filter((operation) => operation.kind === kind);
      assert.ok(own.length > 0, `There was no ${kind} while Temporal was away`);
      assert.ok(
        own.every(({ outcome }) => outcome === 'ok'),
        `A ${kind} failed although it needs PostgreSQL alone`,
      );
    }
    const recovery = await arena.drained(drainedWithin);
    return {
      times: kills,
      recovery,
      notes: [`the slowest of ${commands.length} commands had its answer after ${slowest.toFixed(1)} s`],
    };
  },
};
