import assert from 'node:assert/strict';
import { tsToMs } from '@temporalio/common';
import { deliveryWorkflowId } from '../../../workflows/names.ts';
import { each } from '../../rig/each.ts';
import type { Arena } from '../arena/arena.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import { advance } from '../workload/advance.ts';
import { mailsAbout } from '../workload/mails.ts';
import { secondsOf } from '../workload/span.ts';
import type { SubmittedTicket } from '../workload/submission.ts';
import { ticketsAt } from '../workload/tickets.ts';

const allSentWithin = 600;
const slowerByAtMost = 1.2;
// In the short profile there are too few commands to tell a fifth from noise; mail itself takes seconds to give up.
const noiseSeconds = 0.25;

const percentile = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
};

/** Opens all of them; answers the seconds that 95 of 100 commands took at most. */
const openAll = async (arena: Arena, tickets: readonly SubmittedTicket[], random: Random) => {
  const from = arena.journal.operations.length;
  await each(tickets, 2, (ticket) => advance(arena, ticket, random.fork(), { commands: 1 }));
  const commands = arena.journal.operations.slice(from).filter(({ kind }) => kind === 'command');
  const failed = commands.filter(({ outcome }) => outcome !== 'ok');
  assert.equal(failed.length, 0, `${failed.length} commands failed, and they need no mail`);
  return percentile(commands.map(secondsOf), 0.95);
};

/** For each mail of a batch: milliseconds from its last try to the next one, and how many tries there were. */
const pausesOf = async ({ client }: Arena, batch: string): Promise<{ tries: number; pause: number }[]> => {
  const { raw } = await client.workflow.getHandle(deliveryWorkflowId(batch)).describe();
  return (raw.pendingActivities ?? []).flatMap((sending) => {
    const [last, next] = [sending.lastAttemptCompleteTime, sending.nextAttemptScheduleTime];
    return last && next ? [{ tries: (sending.attempt ?? 1) - 1, pause: tsToMs(next) - tsToMs(last) }] : [];
  });
};

const assertPausesGrow = async (arena: Arena, batches: readonly string[]): Promise<void> => {
  const pauses: { tries: number; pause: number }[] = [];
  await eventually('some mail is between two tries', async () => {
    for (const batch of batches) pauses.push(...(await pausesOf(arena, batch)));
    return pauses.length > 0;
  });
  for (const { tries, pause } of pauses) {
    const wanted = arena.mailPauseMs * 2 ** (tries - 1);
    assert.ok(
      Math.abs(pause - wanted) < arena.mailPauseMs / 5,
      `After ${tries} tries a mail waits for ${pause} ms, it should be ${wanted} ms`,
    );
  }
};

export const mailServerAway: Fault = {
  id: 'F-18',
  name: 'the mail server is away while many mails are due',
  async inject(arena, { random, nightly }) {
    const { database, mail } = arena;
    // Opening a ticket notifies two people.
    const count = nightly ? 100 : 15;
    const fresh = () => ticketsAt(arena, random, Array<number>(count).fill(0));
    const [before, meanwhile] = [await fresh(), await fresh()];
    // A command that comes before its workflow is started waits for it.
    await arena.drained();
    const usual = await openAll(arena, before, random);
    await mail.close();
    const numbers = meanwhile.map(({ number }) => number);
    let due = 0;
    try {
      const away = await openAll(arena, meanwhile, random);
      const limit = nightly ? usual * slowerByAtMost : usual * slowerByAtMost + noiseSeconds;
      assert.ok(away <= limit, `95 of 100 commands took ${away.toFixed(2)} s, ${usual.toFixed(2)} s with mail`);
      // At once the first mail of a batch is tried alone: without an answer the others need not ask.
      await eventually('each mail has been tried twice after its batch', async () => {
        const mails = await mailsAbout(database, numbers);
        due = mails.length;
        return (
          due >= count && mails.every(({ state, attempts }) => state !== 'sent' && state !== 'failed' && attempts >= 2)
        );
      });
      const mails = await mailsAbout(database, numbers);
      await assertPausesGrow(arena, [...new Set(mails.flatMap(({ batch }) => batch ?? []))]);
    } finally {
      await mail.open();
    }
    const recovery = await eventually(
      'all mails are sent',
      async () => (await mailsAbout(database, numbers)).every(({ state }) => state === 'sent'),
      allSentWithin,
    );
    return { times: due, recovery, notes: [`${due} mails were due while the mail server was away`] };
  },
};
