import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { costRanges } from '../../../api/helpdesk/catalogue.ts';
import { textLimits } from '../../../api/helpdesk/form.schema.ts';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import type { Arena } from '../arena/arena.ts';
import { runsOf } from '../arena/runs.ts';
import type { Fault } from '../fault.ts';
import { median } from '../median.ts';
import type { Random } from '../random.ts';
import { advance } from '../workload/advance.ts';
import { fillIn, sendUntilTaken } from '../workload/submission.ts';
import { act, assignedStep, onward, opened } from '../workload/task.ts';

const kilobyte = 1024;
/** What is refused: beyond our own limit, beyond what Temporal takes as one payload, and beyond what it takes at all. */
const sizes = [257 * kilobyte, 2.1 * kilobyte * kilobyte, 4.2 * kilobyte * kilobyte].map(Math.floor);
const refusedWithinMs = 100;
const longestNote = 500;
const largestPayload = 64 * kilobyte;

const timed = async (ask: () => Promise<{ status: number | null }>): Promise<number> => {
  const started = performance.now();
  const { status } = await ask();
  assert.equal(status, 413, `Too much was answered ${status}`);
  return performance.now() - started;
};

/** A body whose length is not known in advance. */
const inPieces = async ({ product }: Arena, size: number): Promise<{ status: number }> => {
  const piece = new Uint8Array(64 * kilobyte).fill(0x20);
  let left = size;
  const body = new ReadableStream({
    pull(stream) {
      if (left <= 0) return stream.close();
      stream.enqueue(piece);
      left -= piece.length;
    },
  });
  const headers = { origin: product.origin, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body, duplex: 'half' };
  return await fetch(`${product.api.url}/api/helpdesk/tickets`, init);
};

/** Everything that is too large is refused, although Temporal cannot be reached at all; answers the median, in ms. */
const refuseAll = async (arena: Arena, random: Random, tries: number): Promise<number> => {
  const { number } = await opened(arena, random);
  const { task, assignee } = await assignedStep(arena, number);
  const before = await runsOf(arena, ticketWorkflowId(number));
  await arena.roads.temporal.cut();
  const took: number[] = [];
  try {
    for (let time = 0; time < tries; time += 1)
      for (const size of sizes) {
        const { key, body, requester } = fillIn(arena, random);
        const huge = { ...body, description: 'x'.repeat(size) };
        took.push(await timed(() => requester.ask({ kind: 'submit', path: '/api/helpdesk/tickets', body: huge, key })));
        const transition = 'x'.repeat(size);
        took.push(await timed(() => act(number, { person: assignee, version: task.version, transition })));
        await timed(() => inPieces(arena, size));
      }
  } finally {
    await arena.roads.temporal.open();
  }
  assert.deepEqual(await runsOf(arena, ticketWorkflowId(number)), before, 'A refused command stands in the history');
  return median(took);
};

// Four bytes each, as many as the form takes.
const wide = (characters: number): string => '𝒳'.repeat(characters);

/** The largest ticket that the form lets pass. */
const largestForm = (key: string): object => {
  const reference = `\n\nReference ${key}`;
  const nextYear = new Date().getFullYear() + 1;
  return {
    category: 'budget_proposal',
    subCategory: 'Capital Expenses (CapEx)',
    subject: wide(textLimits.subject.max),
    description: wide(textLimits.description.max - reference.length) + reference,
    items: Array.from({ length: 20 }, () => ({
      costElement: 'Equipment',
      estimatedCost: costRanges[0].code,
      description: wide(100),
    })),
    performanceStart: `${nextYear}-01-01`,
    performanceEnd: `${nextYear}-12-31`,
    preparedBy: wide(100),
  };
};

/** Brings the largest ticket that there can be from submission to closing, with the longest notes. Answers the largest payload. */
const closeLargest = async (arena: Arena, random: Random): Promise<number> => {
  const { key, requester } = fillIn(arena, random);
  const ticket = await sendUntilTaken(arena, { key, requester, body: largestForm(key) });
  assert.ok(ticket, 'The largest form was not taken');
  const { number } = ticket;
  await advance(arena, ticket, random, { commands: 1 });
  for (const _ of Object.keys(onward)) {
    const { task, assignee } = await assignedStep(arena, number);
    const note = wide(longestNote);
    const answer = await act(number, {
      person: assignee,
      version: task.version,
      transition: onward[task.step] ?? '',
      note,
    });
    assert.equal(answer.status, 200, `A command with the longest note was answered ${answer.status}`);
  }
  await advance(arena, ticket, random);
  return Math.max(...(await runsOf(arena, ticketWorkflowId(number))).map((run) => run.largestPayload));
};

export const tooLarge: Fault = {
  id: 'F-21',
  name: 'bodies from 257 KB to 4.2 MB, and the largest ticket that there can be',
  async inject(arena, { random, nightly }) {
    const tries = nightly ? 10 : 2;
    const took = await refuseAll(arena, random, tries);
    assert.ok(took <= refusedWithinMs, `Too much was refused after ${took.toFixed(0)} ms`);
    const largest = await closeLargest(arena, random);
    assert.ok(largest <= largestPayload, `A payload has ${largest} bytes`);
    const log = await readFile(arena.temporal.spec.logFile ?? '', 'utf8');
    assert.ok(!/blob data size/i.test(log), 'Temporal complains of the size of a payload');
    const notes = [`refused after ${took.toFixed(0)} ms, largest payload ${largest} bytes`];
    return { times: tries * sizes.length * 3, recovery: null, notes };
  },
};
