import assert from 'node:assert/strict';
import { ticketNumberOf, ticketWorkflowType } from '../../../workflows/names.ts';
import type { Arena } from '../arena/arena.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import { advance } from '../workload/advance.ts';
import { submit } from '../workload/submission.ts';
import { during } from '../workload/workload.ts';

interface Row {
  number: string;
  isOpen: boolean;
  workflow: unknown;
}

const rowsOf = async ({ database }: Arena): Promise<Row[]> => {
  const { rows } = await database.query<Row>(
    `select number, status not in ('closed', 'rejected', 'withdrawn') as "isOpen", workflow_state as workflow from helpdesk.ticket order by id`,
  );
  return rows;
};

const notificationsOf = async ({ database }: Arena): Promise<number> => {
  const { rows } = await database.query<{ count: number }>(
    'select count(*)::int as count from notification.notification',
  );
  return rows[0]?.count ?? 0;
};

const runningNow = async ({ client }: Arena): Promise<Set<string>> => {
  const numbers = new Set<string>();
  const query = `WorkflowType = '${ticketWorkflowType}'`;
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1_000 }))
    numbers.add(ticketNumberOf(workflowId));
  return numbers;
};

export const temporalLost: Fault = {
  id: 'F-23',
  name: 'Temporal has lost everything, the database is as it was',
  async inject(arena, { random, nightly, say }) {
    await during(arena, random, { tickets: nightly ? 1_000 : 10, perSecond: 20 }, async () => undefined);
    const closed = await submit(arena, random);
    if (closed) await advance(arena, closed, random);
    await arena.drained();
    const [before, notified] = [await rowsOf(arena), await notificationsOf(arena)];
    const open = before.filter(({ isOpen }) => isOpen);
    assert.ok(open.length > 0 && open.length < before.length, 'There are no open or no closed tickets');
    const pids = [arena.product.api.part.pid(), arena.product.worker.part.pid()];

    await arena.wipeTemporal();
    await arena.heal();
    const known = await runningNow(arena);
    assert.ok(known.size < open.length, `Temporal has forgotten nothing: it knows ${known.size} tickets`);
    say(`F-23 ${open.length} open tickets without a workflow`);

    const allowed = 60 * Math.max(1, Math.ceil(open.length / 1_000));
    const recovery = await eventually(
      'every open ticket has its workflow again',
      async () => (await runningNow(arena)).size >= open.length,
      allowed,
    );
    const started = await runningNow(arena);
    assert.deepEqual(
      [...started].filter((number) => !open.some((ticket) => ticket.number === number)),
      [],
      'A ticket that is over has a workflow again',
    );
    assert.deepEqual(await rowsOf(arena), before, 'A row has changed, or a deadline in it');
    assert.equal(await notificationsOf(arena), notified, 'Somebody was notified again of what had happened before');
    assert.deepEqual(
      [arena.product.api.part.pid(), arena.product.worker.part.pid()],
      pids,
      'A process had to be started again',
    );
    // And new tickets work.
    const fresh = await submit(arena, random);
    if (fresh) await advance(arena, fresh, random);
    return { times: 1, recovery, notes: [`${open.length} workflows started again from their rows`] };
  },
};
