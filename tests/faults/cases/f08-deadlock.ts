import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Arena } from '../arena/arena.ts';
import { endProductConnections, waitingForLock } from '../arena/connections.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import { formFor } from '../workload/forms.ts';
import { fillIn, sendUntilTaken } from '../workload/submission.ts';
import { act, assignedStep, onward, opened } from '../workload/task.ts';
import { during } from '../workload/workload.ts';

const deadlocks = 'deadlock detected';
const conflicts = 'could not serialize access';

const timesLogged = async ({ postgres }: Arena, words: string): Promise<number> =>
  (await readFile(postgres.spec.logFile ?? '', 'utf8')).split(words).length - 1;

/** A transaction of somebody else that blocks the product's. PostgreSQL never chooses it as the victim. */
const inTheWay = async <Result>({ database }: Arena, work: (other: PoolClient) => Promise<Result>): Promise<Result> => {
  const other = await database.connect();
  try {
    await other.query(`begin isolation level read committed`);
    await other.query(`set local deadlock_timeout = '1min'`);
    const result = await work(other);
    await other.query('commit');
    return result;
  } finally {
    await other.query('rollback');
    other.release();
  }
};

const somebodyWaits = (arena: Arena, atLeast = 1): Promise<number> =>
  eventually('the product waits for a lock', async () => (await waitingForLock(arena)) >= atLeast, 20);

const lockTicket = 'select from helpdesk.ticket where number = $1 for update';
const beginAllTurns = 'insert into tracking.rotation (role_key) select key from tracking.role on conflict do nothing';
const lockTurns = 'select from tracking.rotation for update';

/** A command locks its ticket, then the role's rotation; somebody else does so in the other order. */
const deadlockOfCommand = async (arena: Arena, random: Random): Promise<void> => {
  const { number } = await opened(arena, random);
  const { task, assignee } = await assignedStep(arena, number);
  await arena.database.query(beginAllTurns);
  const { sent } = await inTheWay(arena, async (other) => {
    await other.query(lockTurns);
    const command = act(number, { person: assignee, version: task.version, transition: onward[task.step] ?? '' });
    await somebodyWaits(arena);
    await other.query(lockTicket, [number]);
    return { sent: command };
  });
  const answer = await sent;
  assert.equal(answer.status, 200, `The command answered ${answer.status} ${JSON.stringify(answer.body)}`);
};

const randomWord = (random: Random): string =>
  Array.from({ length: 9 }, () => random.pick([...'abcdefghijklmnopqrstuvwxyz'])).join('');

/** A submission writes its words in their order; somebody else writes two of them in the other order. */
const deadlockOfSubmission = async (arena: Arena, random: Random): Promise<void> => {
  const { key, requester } = fillIn(arena, random);
  const [first, last] = [`aaa${randomWord(random)}`, `zzz${randomWord(random)}`];
  const body = { ...formFor(0, key), subject: `About ${first} and ${last}` };
  const noteWord = 'insert into helpdesk.word (word) values ($1)';
  const sent = await inTheWay(arena, async (other) => {
    await other.query(noteWord, [last]);
    const taken = sendUntilTaken(arena, { key, body, requester });
    await somebodyWaits(arena);
    await other.query(noteWord, [first]);
    return { taken };
  });
  assert.ok(await sent.taken, 'The submission was not taken');
};

/** Waits for a ticket that somebody else changes: where transactions are strict, PostgreSQL refuses to go on then. */
const conflictOfCommand = async (arena: Arena, random: Random): Promise<void> => {
  const { number } = await opened(arena, random);
  const { task, assignee } = await assignedStep(arena, number);
  const { sent } = await inTheWay(arena, async (other) => {
    await other.query('update helpdesk.ticket set changed_at = changed_at where number = $1', [number]);
    const command = act(number, { person: assignee, version: task.version, transition: onward[task.step] ?? '' });
    await somebodyWaits(arena);
    return { sent: command };
  });
  const answer = await sent;
  assert.equal(answer.status, 200, `The command answered ${answer.status} ${JSON.stringify(answer.body)}`);
};

/** Runs with all transactions of the product under the strictest rules that PostgreSQL has. */
const strictly = async (arena: Arena, work: () => Promise<void>): Promise<void> => {
  const set = async (level: string): Promise<void> => {
    const { rows } = await arena.database.query<{ name: string }>('select current_database() as name');
    await arena.database.query(`alter database "${rows[0]?.name}" set default_transaction_isolation to '${level}'`);
    await endProductConnections(arena);
  };
  await set('serializable');
  try {
    await work();
  } finally {
    await set('read committed');
  }
};

const often = async (times: number, work: () => Promise<void>): Promise<void> => {
  for (let time = 0; time < times; time += 1) await work();
};

export const deadlock: Fault = {
  id: 'F-08',
  name: 'PostgreSQL ends transactions: deadlocks and conflicts of strict transactions',
  async inject(arena, { random, nightly }) {
    const before = { deadlocks: await timesLogged(arena, deadlocks), conflicts: await timesLogged(arena, conflicts) };
    const repeats = nightly ? 10 : 1;
    await often(repeats, () => deadlockOfCommand(arena, random));
    await often(repeats, () => deadlockOfSubmission(arena, random));
    const ended = (await timesLogged(arena, deadlocks)) - before.deadlocks;
    assert.equal(ended, 2 * repeats, `PostgreSQL ended ${ended} deadlocks`);

    await strictly(arena, async () => {
      await often(repeats, () => conflictOfCommand(arena, random));
      await during(arena, random, { perSecond: 5 }, () => sleep(nightly ? 30_000 : 2_000));
    });
    const refused = (await timesLogged(arena, conflicts)) - before.conflicts;
    assert.ok(refused >= repeats, `PostgreSQL refused ${refused} transactions for a conflict`);
    return { times: ended + refused, recovery: null, notes: [`${ended} deadlocks, ${refused} conflicts`] };
  },
};
