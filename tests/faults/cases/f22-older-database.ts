import assert from 'node:assert/strict';
import type { Arena } from '../arena/arena.ts';
import { makeBackup } from '../arena/backup.ts';
import type { NotificationFact } from '../checker/facts.ts';
import { notificationsQuery } from '../checker/gather.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import { live, submit } from '../workload/life.ts';

const within = 60;
const commandsEach = 5;

const query = async <Row extends object>({ database }: Arena, text: string): Promise<Row[]> =>
  (await database.query<Row>(text)).rows;

/** All that a workflow's history can bring back. */
const storyOf = async (arena: Arena) => ({
  tickets: await query(
    arena,
    'select number, version, status, workflow_state as workflow, due_at, resolved_at, closed_at from helpdesk.ticket order by id',
  ),
  lines: await query(
    arena,
    `select ticket_number, version, ordinal, kind, actor_id, data - 'note' - 'reason' as data
     from helpdesk.timeline_entry order by ticket_number, version, ordinal`,
  ),
  visits: await query(
    arena,
    'select number, visit, step_key, assignee_id, due_at, outcome from tracking.visit order by number, visit',
  ),
});

const versionsOf = (arena: Arena): Promise<{ number: string; version: number }[]> =>
  query(arena, 'select number, version from helpdesk.ticket order by id');

const notificationsOf = (arena: Arena): Promise<NotificationFact[]> => query(arena, notificationsQuery);

export const olderDatabase: Fault = {
  id: 'F-22',
  name: 'the database is put back to a backup that is older than Temporal',
  async inject(arena, { random, nightly, say }) {
    const living = (await Promise.all(Array.from({ length: nightly ? 40 : 5 }, () => submit(arena, random)))).flatMap(
      (ticket) => ticket ?? [],
    );
    // At every stage of their life.
    await Promise.all(living.map((ticket, place) => live(arena, ticket, random, { commands: place % 4 })));
    await arena.drained();
    const backup = await makeBackup(arena);
    const [atBackup, toldAtBackup] = [await versionsOf(arena), await notificationsOf(arena)];

    await Promise.all(living.map((ticket) => live(arena, ticket, random, { commands: commandsEach })));
    await arena.drained();
    const [lost, story, told] = [await versionsOf(arena), await storyOf(arena), await notificationsOf(arena)];
    const changes = lost.reduce((sum, { version }, place) => sum + version - (atBackup[place]?.version ?? 0), 0);
    // One life of five may end before it has come so far.
    assert.ok(changes >= 0.8 * 4 * living.length, `Only ${changes} changes came after the backup`);

    await backup.restore();
    const known = new Set(toldAtBackup.map(({ messageId }) => messageId));
    arena.lostNotifications.push(...told.filter(({ messageId }) => !known.has(messageId)));
    say(`F-22 ${changes} changes are gone from the database`);
    const recovery = await eventually(
      'every ticket has come back to where it was',
      async () => JSON.stringify(await versionsOf(arena)) === JSON.stringify(lost),
      within,
    );
    assert.deepEqual(await storyOf(arena), story, 'What came back is not what was lost');
    return { times: 1, recovery, notes: [`${changes} changes came back from the histories of the workflows`] };
  },
};
