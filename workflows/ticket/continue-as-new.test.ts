import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBetweenRuns } from '../../api/commands/send-update.ts';
import { until } from '../../tests/until.ts';
import {
  act,
  hint,
  type LivingTicket,
  openHigh,
  refusalOf,
  startWorkflowBench,
  type WorkflowBench,
} from './living-ticket.fixture.ts';
import { commandUpdate, stateQuery } from './messages.ts';
import type { Command } from './rules/commands/index.ts';

// A long-lived ticket has several runs. Only the limit of a run is lowered in the code.
const updatesPerRun = 3;

const lowered = (code: string): string => {
  const limit = 'const updatesPerRun = 1500;';
  if (!code.includes(limit)) throw new Error(`The workflow code has no line \`${limit}\` any more: adapt this test`);
  return code.replace(limit, `const updatesPerRun = ${updatesPerRun};`);
};

let bench: WorkflowBench;
beforeAll(async () => {
  // A real server, because it decides how commands pass from one run to the next.
  bench = await startWorkflowBench({ server: 'real', edit: lowered });
});
afterAll(() => bench.stop());

const take = (actorId: number) => ({ kind: 'take', actorId }) as const;

const openedTicket = async (): Promise<LivingTicket> => {
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  return ticket;
};

/** The id of the current run. */
const currentRun = async ({ number }: LivingTicket) =>
  (await bench.env.client.workflow.getHandle(`ticket:${number}`).describe()).runId;

const current = ({ number }: LivingTicket) => bench.env.client.workflow.getHandle(`ticket:${number}`);

test('a ticket continues in a new run with its state, its deadline and its search attributes', async () => {
  const ticket = await openedTicket();
  const firstRun = await currentRun(ticket);
  await ticket.send(take(3));
  const before = await current(ticket).describe();
  await ticket.send(take(2));
  await until(async () => (await currentRun(ticket)) !== firstRun);
  expect(await current(ticket).query(stateQuery)).toEqual(ticket.state());
  expect(ticket.state()).toMatchObject({ version: 3, phase: { step: 'check', assigneeId: 2 } });
  const after = await current(ticket).describe();
  const shown = ({ typedSearchAttributes }: typeof after) =>
    Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
  expect(shown(after)).toEqual({
    ...shown(before),
    TicketVersion: '3',
    // Set by Temporal: the patches that this run has passed.
    TemporalChangeVersion: ['activities-in-words', 'inherited-search-attributes'],
  });
  await until(async () => {
    const { events } = await current(ticket).fetchHistory();
    return events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes != null) ?? false;
  });
});

test('no command is lost or carried out twice while runs continue as new', async () => {
  const ticket = await openedTicket();
  const rounds = 12;
  for (let round = 0; round < rounds; round += 1) {
    const { version } = ticket.state();
    const sent = [1, 2, 3].map((click) => ticket.send({ ...take(10 * (round + 1) + click), version }));
    const ends = await Promise.allSettled(sent);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends)
      if (end.status === 'rejected')
        expect((await refusalOf(Promise.reject(end.reason))).type).toBe('version_conflict');
    expect(ticket.state().version).toBe(version + 1);
  }
  expect(bench.ledger.changesOf(ticket.number).map(({ state }) => state.version)).toEqual(
    Array.from({ length: rounds + 1 }, (_, index) => index + 1),
  );
});

/** The ids of all runs, latest first. */
const runsOf = async ({ number }: LivingTicket): Promise<string[]> => {
  const runs: string[] = [];
  let runId: string | undefined = await currentRun({ number } as LivingTicket);
  while (runId) {
    runs.push(runId);
    const { events } = await bench.env.client.workflow.getHandle(`ticket:${number}`, runId).fetchHistory();
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  }
  return runs;
};

test('under a constant stream of commands the run still continues as new, and each command is answered once', async () => {
  const ticket = await openedTicket();
  const wanted = 18;
  const carriedOut: string[] = [];
  let betweenRuns = 0;

  /** Sends one command after the other. One that arrives between two runs is sent again at once with the same id. */
  const person = async (actorId: number): Promise<void> => {
    let updateId = randomUUID();
    while (carriedOut.length < wanted) {
      const { version } = ticket.state();
      try {
        const args: [Command] = [{ ...take(1_000 * version + actorId), version }];
        const answer = await current(ticket).executeUpdate(commandUpdate('take'), { args, updateId });
        carriedOut.push(updateId);
        expect(answer.version).toBeGreaterThan(version);
      } catch (error) {
        if (isBetweenRuns(error)) {
          betweenRuns += 1;
          continue;
        }
        expect((await refusalOf(Promise.reject(error))).type).toBe('version_conflict');
      }
      updateId = randomUUID();
    }
  };
  await Promise.all([1, 2, 3, 4, 5].map(person));

  const changes = bench.ledger.changesOf(ticket.number).slice(1);
  expect(changes.map(({ state }) => state.changeId).toSorted()).toEqual(carriedOut.toSorted());
  expect(changes.map(({ state }) => state.version)).toEqual(changes.map((_, index) => index + 2));
  expect(betweenRuns).toBeGreaterThan(0);
  expect((await runsOf(ticket)).length).toBeGreaterThanOrEqual(wanted / updatesPerRun / 2);
});

test('a signal about members is not lost while a run continues as new', async () => {
  bench.ledger.members = { ...bench.ledger.members, admin: [2] };
  const tickets = await Promise.all(Array.from({ length: 5 }, openedTicket));
  await Promise.all(
    tickets.map(async (ticket) => {
      await ticket.send(take(7));
      // Whichever comes first, in the end only a member may hold the step.
      await Promise.allSettled([ticket.send(take(8)), hint(ticket)]);
      await until(() => ticket.state().version > 2);
      await until(() => {
        const { phase } = ticket.state();
        return phase.at === 'step' && phase.assigneeId === 2;
      });
    }),
  );
});

test('the last step and the end come in a later run', async () => {
  bench.ledger.members = { ...bench.ledger.members, admin: [2, 3] };
  const ticket = await openedTicket();
  for (const actorId of [3, 2, 3, 2]) await ticket.send(take(actorId));
  await ticket.send(act('submit', 2));
  await ticket.send(act('done', 4));
  await ticket.send({ kind: 'close', actorId: 1 });
  expect(await ticket.handle.result()).toBe('closed');
  expect(ticket.state()).toMatchObject({ version: 8, status: 'closed' });
});
