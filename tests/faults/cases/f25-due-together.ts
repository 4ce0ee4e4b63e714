import assert from 'node:assert/strict';
import { ticketWorkflow } from '../../../api/helpdesk/ticket-workflow.ts';
import { startAgain } from '../../../api/temporal/start-workflow.ts';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import type { TicketFacts, TicketState } from '../../../workflows/ticket/rules/state.ts';
import { each } from '../../rig/each.ts';
import type { Arena } from '../arena/arena.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import { advance } from '../workload/advance.ts';
import { secondsOf, sentWithin } from '../workload/span.ts';
import { submit } from '../workload/submission.ts';
import { during } from '../workload/workload.ts';

const promisedSeconds = 2;
const drainedPerSecond = 20;
const commandsAtLeast = 8;

interface Row {
  token: string;
  facts: TicketFacts;
  state: TicketState;
}

/** Opened tickets; one whose opening got no answer may have gone on, as far as to its end. */
const openTickets = async (arena: Arena, count: number, random: Parameters<typeof submit>[1]): Promise<string[]> => {
  const numbers: string[] = [];
  await each(Array.from({ length: count }), 16, async () => {
    const ticket = await submit(arena, random);
    if (!ticket) return;
    await advance(arena, ticket, random, { commands: 1 });
    numbers.push(ticket.number);
  });
  return numbers;
};

const rowsOf = async ({ database }: Arena, numbers: string[]): Promise<Row[]> => {
  const { rows } = await database.query<Row>(
    `select token, workflow_state as state, jsonb_build_object('number', number, 'category', category,
       'subCategory', sub_category, 'requesterId', requester_id) as facts
     from helpdesk.ticket where number = any($1) and workflow_state->'phase'->>'at' = 'step'`,
    [numbers],
  );
  return rows;
};

// A test cannot wait for hours. Only the deadline is changed, everywhere it is stored; the workflows go on from there.
const makeDue = async (arena: Arena, numbers: string[], dueAt: number): Promise<Row[]> => {
  const { database, client } = arena;
  const at = new Date(dueAt);
  const onStep = `workflow_state->'phase'->>'at' = 'step'`;
  await database.query(
    `update helpdesk.ticket set due_at = $2, workflow_state = jsonb_set(workflow_state, '{phase,dueAt}', to_jsonb($3::bigint))
     where number = any($1) and ${onStep}`,
    [numbers, at, dueAt],
  );
  await database.query('update tracking.task set due_at = $2 where number = any($1) and step_key is not null', [
    numbers,
    at,
  ]);
  await database.query('update tracking.visit set due_at = $2 where number = any($1) and left_at is null', [
    numbers,
    at,
  ]);
  const rows = await rowsOf(arena, numbers);
  await each(rows, 16, async ({ facts, state, token }) => {
    await client.workflow.getHandle(ticketWorkflowId(facts.number)).terminate('Its deadline is another one.');
    await startAgain(client, { ...ticketWorkflow(facts, state), token });
  });
  return rows;
};

const withTimers = async ({ client }: Arena, numbers: string[]): Promise<number> => {
  let found = 0;
  await each(numbers, 16, async (number) => {
    const { events } = await client.workflow.getHandle(ticketWorkflowId(number)).fetchHistory();
    if (events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes)) found += 1;
  });
  return found;
};

const markedOf = async ({ database }: Arena, numbers: string[]): Promise<number> => {
  const { rows } = await database.query<{ count: number }>(
    'select count(*)::int as count from tracking.task where overdue and number = any($1)',
    [numbers],
  );
  return rows[0]?.count ?? 0;
};

const percentile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((one, other) => one - other)[Math.ceil(numbers.length * share) - 1] ?? 0;

export const dueTogether: Fault = {
  id: 'F-25',
  name: 'many deadlines at the same moment, with the worker down until they are over',
  async inject(arena, { random, nightly, say }) {
    const wanted = nightly ? 10_000 : 40;
    const { worker } = arena.product;
    const began = Date.now();
    const opened = await openTickets(arena, wanted, random);
    // Time enough to set all timers, on a slow machine too: to open a ticket takes longer than to start its workflow again.
    const dueAt = Date.now() + Math.max(nightly ? 10_000 : 6_000, Date.now() - began);
    const numbers = (await makeDue(arena, opened, dueAt)).map(({ facts }) => facts.number);
    const count = numbers.length;
    assert.ok(count >= wanted * 0.9, `Only ${count} of ${wanted} tickets wait on a step`);
    const armed = await (async () => {
      let seen = 0;
      while (seen < count && Date.now() < dueAt - 1_000) seen = await withTimers(arena, numbers);
      return seen;
    })();
    assert.ok(armed >= count * 0.9, `Only ${armed} of ${count} timers were set before the deadline`);
    await worker.part.kill();
    assert.equal(await markedOf(arena, numbers), 0, 'A step was marked before its deadline');
    say(`${armed} of ${count} timers run, the worker is down`);
    await eventually('the deadline is over', () => Date.now() > dueAt + 2_000, 600);

    const drain = { from: 0, to: 0 };
    const watched = { from: 0, to: 0 };
    const commandsMeanwhile = () =>
      sentWithin(arena.journal.operations, watched).filter(({ kind }) => kind === 'command');
    await during(arena, random, { submitters: 1, handled: 3, perSecond: 2 }, async () => {
      await worker.start();
      drain.from = watched.from = Date.now();
      await eventually(
        'every step that is late is marked',
        async () => (await markedOf(arena, numbers)) === count,
        nightly ? 900 : 120,
      );
      drain.to = Date.now();
      // A few steps are soon marked: then people go on for a moment longer.
      await eventually('people have gone on', () => {
        watched.to = Date.now();
        return commandsMeanwhile().length >= commandsAtLeast;
      });
    });
    const seconds = (drain.to - drain.from) / 1_000;
    const commands = commandsMeanwhile();
    // Of a dozen commands on a busy machine the middle one says more than the slowest.
    const share = nightly ? 0.95 : 0.5;
    const slow = percentile(commands.map(secondsOf), share);
    // The workflow of a new ticket has its first task behind all that wait; one that is under way has its worker.
    const slowOf = (opens: boolean): string => {
      const took = commands.filter(({ command }) => (command === 'open') === opens).map(secondsOf);
      return `${percentile(took, share).toFixed(2)} s of ${took.length}`;
    };
    say(`Marked in ${seconds.toFixed(1)} s; since then openings took ${slowOf(true)}, other commands ${slowOf(false)}`);
    assert.ok(slow <= promisedSeconds, `From then on a command took ${slow.toFixed(1)} s (quantile ${share})`);
    const rate = count / seconds;
    if (nightly) assert.ok(rate >= drainedPerSecond, `Only ${rate.toFixed(0)} a second were marked`);
    return {
      times: count,
      recovery: seconds,
      notes: [
        `${armed} timers ran when the worker was killed; ${rate.toFixed(0)} steps a second were marked; ${commands.length} commands since then, ${slow.toFixed(2)} s each (quantile ${share})`,
      ],
    };
  },
};
