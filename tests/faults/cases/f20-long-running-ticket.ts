import assert from 'node:assert/strict';
import { z } from 'zod';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import type { Arena } from '../arena/arena.ts';
import { runsOf } from '../arena/runs.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import { advance } from '../workload/advance.ts';
import { fillIn, send, sendUntilTaken } from '../workload/submission.ts';
import { act, assignedStep, taskOf } from '../workload/task.ts';

const clients = 5;
const length = { short: 60, nightly: 2_000 };
/** How many commands at the beginning and at the end are compared. */
const sample = { short: 20, nightly: 100 };

const mostEvents = 4_500;
const mostBytes = 5 * 1024 * 1024;
const renewals = 3;

/** To the manager and back: a ticket can go on like this for ever. */
const transitions: Readonly<Record<string, string>> = { Triage: 'submit', Resolve: 'reject' };

/** Sends the ticket to and fro. Returns the seconds that each command took that was carried out, in their order. */
const goOn = async (arena: Arena, number: string, commands: number): Promise<number[]> => {
  const took: number[] = [];
  const client = async (): Promise<void> => {
    while (took.length < commands) {
      const task = await taskOf(arena, number);
      if (!task?.assignee || !task.step) continue;
      const person = arena.people.byId(task.assignee.id);
      const started = performance.now();
      const answer = await act(number, { person, version: task.version, transition: transitions[task.step] ?? '' });
      if (answer.outcome === 'ok') took.push((performance.now() - started) / 1_000);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return took;
};

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const versionsOf = async ({ database }: Arena, number: string): Promise<number[]> => {
  const query = 'select distinct version from helpdesk.timeline_entry where ticket_number = $1 order by version';
  return (await database.query<{ version: number }>(query, [number])).rows.map(({ version }) => version);
};

export const longRunningTicket: Fault = {
  id: 'F-20',
  name: 'a ticket runs so long that its workflow is renewed again and again, under five at once',
  async inject(arena, { random, nightly, say }) {
    const [commands, size] = nightly ? [length.nightly, sample.nightly] : [length.short, sample.short];
    const submission = fillIn(arena, random);
    const ticket = await sendUntilTaken(arena, submission);
    assert.ok(ticket);
    await advance(arena, ticket, random, { commands: 1 });
    const { number } = ticket;
    await assignedStep(arena, number);
    const took = await goOn(arena, number, commands);
    say(`${number} was brought on ${took.length} times`);

    // The opening, and each command that was answered as carried out: not one more.
    const expected = took.length + 1;
    assert.deepEqual(
      await versionsOf(arena, number),
      Array.from({ length: expected + 1 }, (_, version) => version),
    );
    const again = await send(submission);
    assert.equal(
      z.object({ number: z.string() }).parse(again.body).number,
      number,
      'The same key became another ticket',
    );

    const runs = await runsOf(arena, ticketWorkflowId(number));
    const [most, largest] = [
      Math.max(...runs.map(({ events }) => events)),
      Math.max(...runs.map(({ bytes }) => bytes)),
    ];
    assert.ok(runs.length > renewals, `The workflow has had ${runs.length} runs`);
    assert.ok(most <= mostEvents, `A run has ${most} events`);
    assert.ok(largest <= mostBytes, `A run has ${largest} bytes`);

    const [first, last] = [took.slice(0, size), took.slice(-size)];
    // Of twenty commands on a busy machine the middle one says more than the slowest two.
    const share = nightly ? 0.95 : 0.5;
    const [before, after] = [quantile(first, share), quantile(last, share)];
    assert.ok(
      after <= 2 * before,
      `At the end a command takes ${after.toFixed(2)} s, at the beginning ${before.toFixed(2)} s`,
    );

    await advance(arena, ticket, random);
    await eventually(`the workflow of ${number} has ended`, async () =>
      (await runsOf(arena, ticketWorkflowId(number))).every(({ open }) => !open),
    );
    return {
      times: runs.length - 1,
      recovery: null,
      notes: [
        `${took.length} commands in ${runs.length} runs, none over ${most} events and ${Math.ceil(largest / 1024)} KB`,
        `a command took ${before.toFixed(2)} s at the beginning, ${after.toFixed(2)} s at the end`,
      ],
    };
  },
};
