import assert from 'node:assert/strict';
import type { Arena } from '../arena/arena.ts';
import { makeBackup } from '../arena/backup.ts';
import type { EntryFact, NotificationFact, VisitFact } from '../checker/facts.ts';
import { entriesQuery, notificationsQuery, visitsQuery } from '../checker/gather.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import { advance } from '../workload/advance.ts';
import { submit } from '../workload/submission.ts';

const within = 60;
const commandsEach = 5;

const query = async <Row extends object>({ database }: Arena, text: string): Promise<Row[]> =>
  (await database.query<Row>(text)).rows;

/** All that a workflow knows of its ticket. */
const knownToWorkflows = async (arena: Arena) => ({
  tickets: await query(
    arena,
    `select number, version, status, priority, department, workflow_state, assignee_name, role_key, role_name, due_at, closes_at
     from helpdesk.ticket order by id`,
  ),
  visits: await query(
    arena,
    'select number, visit, step_key, assignee_id, due_at from tracking.visit where left_at is null order by number',
  ),
});

interface Versions {
  number: string;
  version: number;
}

const versionsOf = (arena: Arena): Promise<Versions[]> =>
  query(arena, 'select number, version from helpdesk.ticket order by id');

/** Which versions of which tickets have no entries any more, as the timelines say it. */
const gapsOf = (arena: Arena): Promise<object[]> =>
  query(
    arena,
    `select ticket_number as number, (data->>'from')::int as "from", (data->>'to')::int as "to"
     from helpdesk.timeline_entry where kind = 'caught_up' order by ticket_number`,
  );

const gapsBetween = (before: Versions[], after: Versions[]): object[] => {
  const versions = new Map(before.map(({ number, version }) => [number, version]));
  return after
    .map(({ number, version }) => ({ number, from: (versions.get(number) ?? 0) + 1, to: version }))
    .filter(({ from, to }) => from <= to)
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
};

/** What the checker decides by, and a backup takes back. */
const facts = async (arena: Arena) => ({
  notifications: await query<NotificationFact>(arena, notificationsQuery),
  entries: await query<EntryFact>(arena, entriesQuery),
  visits: await query<VisitFact>(arena, visitsQuery),
});

type Known = Awaited<ReturnType<typeof facts>>;

/** Tells the checker what the database will not say any more. */
const noteLost = (arena: Arena, atBackup: Known, lost: Known): void => {
  const notified = new Set(atBackup.notifications.map(({ messageId }) => messageId));
  const written = new Set(atBackup.entries.map(({ number, version }) => `${number} ${version}`));
  arena.lostNotifications.push(...lost.notifications.filter(({ messageId }) => !notified.has(messageId)));
  arena.lostEntries.push(...lost.entries.filter(({ number, version }) => !written.has(`${number} ${version}`)));
  arena.lostVisits.push(...lost.visits.filter(({ left }) => left));
};

export const olderDatabase: Fault = {
  id: 'F-22',
  name: 'the database is put back to a backup that is older than Temporal',
  async inject(arena, { random, nightly, say }) {
    const tickets = (await Promise.all(Array.from({ length: nightly ? 40 : 5 }, () => submit(arena, random)))).flatMap(
      (ticket) => ticket ?? [],
    );
    // At every stage.
    await Promise.all(tickets.map((ticket, place) => advance(arena, ticket, random, { commands: place % 4 })));
    await arena.drained();
    const backup = await makeBackup(arena);
    const [atBackup, factsAtBackup] = [await versionsOf(arena), await facts(arena)];

    await Promise.all(tickets.map((ticket) => advance(arena, ticket, random, { commands: commandsEach })));
    await arena.drained();
    const [lost, known, lostFacts] = [await versionsOf(arena), await knownToWorkflows(arena), await facts(arena)];
    const changes = lost.reduce((sum, { version }, place) => sum + version - (atBackup[place]?.version ?? 0), 0);
    // One ticket of five may end before it has come so far.
    assert.ok(changes >= 0.8 * 4 * tickets.length, `Only ${changes} changes came after the backup`);

    await backup.restore();
    noteLost(arena, factsAtBackup, lostFacts);
    say(`F-22 ${changes} changes are gone from the database`);
    const recovery = await eventually(
      'every ticket has come back to where it was',
      async () => JSON.stringify(await versionsOf(arena)) === JSON.stringify(lost),
      within,
    );
    assert.deepEqual(await knownToWorkflows(arena), known, 'What came back is not what the workflows know');
    assert.deepEqual(await gapsOf(arena), gapsBetween(atBackup, lost), 'A timeline does not say what it has lost');
    const { notifications } = await facts(arena);
    assert.equal(notifications.length, factsAtBackup.notifications.length, 'Somebody was notified a second time');
    return { times: 1, recovery, notes: [`${changes} changes are in the rows again, as the workflows know them`] };
  },
};
