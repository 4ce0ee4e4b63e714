import assert from 'node:assert/strict';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import { each } from '../../rig/each.ts';
import type { Arena } from '../arena/arena.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import { type Edit, writeBundle } from '../workers/bundles.ts';
import { testWorker } from '../workers/test-worker.ts';
import { advance } from '../workload/advance.ts';
import { secondsOf, sentWithin } from '../workload/span.ts';
import type { SubmittedTicket } from '../workload/submission.ts';
import { openOf, ticketsAt } from '../workload/tickets.ts';
import { during } from '../workload/workload.ts';

const answeredWithin = 10;
const allMoveWithin = 60;

const sdk = '_temporalio_workflow__WEBPACK_IMPORTED_MODULE_0__';

/** Releases that every replay test would refuse: a ticket that has had a command does not go on under them. */
const mutants: readonly Edit[] = [
  { from: /named\(run, 'recordChange'\)/g, to: 'local.writeChange' },
  { from: /(const local = \(0,\w+)\.proxyLocalActivities\)/g, to: '$1.proxyActivities)' },
  { from: /const stored = await /g, to: `await ${sdk}.sleep(1000); const stored = await ` },
];

// WorkflowTaskFailedCause of Temporal's API; the package that names it is not ours to import.
const nonDeterministic = 24;

/** How many of these workflows have failed under the new code, and wait for better. */
const divergedOf = async ({ client }: Arena, tickets: readonly SubmittedTicket[]): Promise<number> => {
  let diverged = 0;
  await each(tickets, 8, async ({ number }) => {
    const workflow = client.workflow.getHandle(ticketWorkflowId(number));
    const { status } = await workflow.describe();
    assert.equal(status.name, 'RUNNING', `The workflow of ${number} is ${status.name} after a bad release`);
    const { events } = await workflow.fetchHistory();
    if (events?.some((event) => event.workflowTaskFailedEventAttributes?.cause === nonDeterministic)) diverged += 1;
  });
  return diverged;
};

type Moves = Promise<unknown>;

/**
 * Runs the bad release until every ticket has been refused a command. Returns how many workflows have failed under it.
 */
const underBadRelease = async (
  arena: Arena,
  tickets: readonly SubmittedTicket[],
  bundle: string,
  move: () => Moves,
) => {
  const { product, journal, badReleases } = arena;
  await product.worker.part.end();
  const span = { from: Date.now(), to: Number.POSITIVE_INFINITY };
  badReleases.push(span);
  const bad = await product.add(testWorker, { args: [bundle] });
  try {
    const moves = move();
    // It is awaited after the rollback; until then a failure must not end the process.
    moves.catch(() => undefined);
    const commands = () => sentWithin(journal.operations, span).filter(({ kind }) => kind === 'command');
    await eventually('every ticket in flight has been refused a command under the bad release', () => {
      const refused = new Set(commands().map(({ ticket }) => ticket));
      const left = tickets.filter(({ number }) => !refused.has(number));
      if (left.length > 0) throw new Error(`${left.map(({ number }) => number).join(', ')} not yet`);
      return true;
    });
    return { span, moves, refused: commands(), diverged: await divergedOf(arena, tickets) };
  } finally {
    await bad.part.stop();
  }
};

export const divergingRelease: Fault = {
  id: 'F-15',
  name: 'a release goes out that the workflows in flight cannot go on under, and is taken back',
  async inject(arena, { random, nightly }) {
    const count = nightly ? 50 : 8;
    const bundle = await writeBundle(arena.servers.folder, 'diverging', [random.pick(mutants)]);
    const stages = Array.from({ length: count }, (_, place) => 1 + (place % 3));
    const made = await ticketsAt(arena, random, stages);
    const open = new Set(await openOf(arena, made));
    const tickets = made.filter(({ number }) => open.has(number));
    const move = () => Promise.all(tickets.map((ticket) => advance(arena, ticket, random.fork(), { commands: 1 })));
    // Nobody opens a new ticket: the bad release could, and its history would then be none of the good release's.
    return during(arena, random, { submitters: 1, handled: 0, perSecond: 2 }, async () => {
      const { span, moves, refused, diverged } = await underBadRelease(arena, tickets, bundle, move);
      const back = Date.now();
      await arena.product.worker.start();
      await moves;
      span.to = Date.now();
      const recovery = (span.to - back) / 1_000;
      for (const command of refused)
        assert.ok(
          command.status === 503 && secondsOf(command) <= answeredWithin,
          `Under the bad release a command was answered ${command.status} after ${secondsOf(command).toFixed(1)} s`,
        );
      assert.ok(recovery <= allMoveWithin, `It took ${recovery.toFixed(1)} s until all tickets moved again`);
      return {
        times: diverged,
        recovery,
        notes: [`${diverged} of ${tickets.length} workflows have failed under the release`],
      };
    });
  },
};
