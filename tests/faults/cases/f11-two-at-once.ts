import assert from 'node:assert/strict';
import { z } from 'zod';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import type { Arena } from '../arena/arena.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import type { Answer } from '../workload/person.ts';
import { act, assignedStep, onward, opened } from '../workload/task.ts';

const allWithin = 5_000;

const done = z.object({ version: z.int() });
const conflict = z.object({ code: z.literal('version_conflict'), version: z.int() });

/** Events of the workflow's history, and commands that it took in. */
const growthOf = async ({ client }: Arena, number: string): Promise<{ events: number; taken: number }> => {
  const { events } = await client.workflow.getHandle(ticketWorkflowId(number)).fetchHistory();
  const taken = (events ?? []).filter(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted);
  return { events: events?.length ?? 0, taken: taken.length };
};

const versionsOf = async ({ database }: Arena, number: string): Promise<number> => {
  const query = 'select count(distinct version)::int as versions from helpdesk.timeline_entry where ticket_number = $1';
  const { rows } = await database.query<{ versions: number }>(query, [number]);
  return rows[0]?.versions ?? 0;
};

interface Rush {
  /** Milliseconds until everybody had an answer. */
  took: number;
  events: number;
}

const assertOneWinner = (answers: readonly Answer[], version: number): void => {
  const [winner, ...others] = answers.filter(({ outcome }) => outcome === 'ok');
  assert.ok(winner && others.length === 0, `${others.length + (winner ? 1 : 0)} of ${answers.length} have won`);
  assert.equal(done.parse(winner.body).version, version + 1);
  for (const answer of answers) {
    if (answer === winner) continue;
    assert.equal(answer.status, 409, `A loser was answered ${answer.status} ${JSON.stringify(answer.body)}`);
    const { success, data } = conflict.safeParse(answer.body);
    assert.ok(success && data.version === version + 1, `A loser was answered ${JSON.stringify(answer.body)}`);
  }
};

/** So many act on the same step at the same moment, by turns through two processes of the API. */
const rush = async (arena: Arena, random: Random, size: number, other: string): Promise<Rush> => {
  const { number } = await opened(arena, random);
  const { task, assignee } = await assignedStep(arena, number);
  const transition = onward[task.step] ?? '';
  const [before, versionsBefore] = [await growthOf(arena, number), await versionsOf(arena, number)];
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: size }, (_, place) => {
      const by = place % 2 === 1 ? { via: other } : {};
      return act(number, { person: assignee, version: task.version, transition, ...by });
    }),
  );
  const took = performance.now() - started;
  assertOneWinner(answers, task.version);
  const after = await growthOf(arena, number);
  assert.equal(await versionsOf(arena, number), versionsBefore + 1, 'The timeline has not grown by one version');
  assert.equal(after.taken, before.taken + 1, 'The workflow took in more than the winning command');
  assert.ok(took <= allWithin, `It took ${(took / 1_000).toFixed(1)} s until all ${size} were answered`);
  return { took, events: after.events - before.events };
};

export const twoAtOnce: Fault = {
  id: 'F-11',
  name: '2, 8 and 50 act on one ticket at the same moment',
  async inject(arena, { random, nightly }) {
    const second = await arena.product.add('api/server.ts');
    const notes: string[] = [];
    const repeats = nightly ? 5 : 1;
    const sizes = Array.from({ length: repeats }, () => [2, 8, 50]).flat();
    for (const size of sizes) {
      const alone = await rush(arena, random, 1, second.url);
      const { took, events } = await rush(arena, random, size, second.url);
      // The winner's command alone: a loser that left an event would have made it longer. A deadline's timer may differ.
      assert.ok(events <= alone.events + 3, `${events} events for ${size} at once, ${alone.events} for one alone`);
      notes.push(
        `${size} at once: all answered in ${(took / 1_000).toFixed(2)} s, ${events} events (${alone.events} alone)`,
      );
    }
    await second.part.end();
    return { times: sizes.length, recovery: null, notes };
  },
};
