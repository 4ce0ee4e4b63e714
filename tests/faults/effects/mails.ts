import assert from 'node:assert/strict';
import type { Annex } from '../arena/annex.ts';
import { eventually } from '../eventually.ts';

const selectLeft = `select (select count(*) from outbox)::int
  + (select count(*) from notification.mail where state = 'pending')::int as left`;

/** Waits until an annex has nothing left to do, and counts its mails: each came, and none came twice for no reason. */
export const assertMailsCame = async ({ database, mail }: Annex, workersKilled: number): Promise<void> => {
  await eventually('the outbox and the mails of the annex are drained', async () => {
    const { rows } = await database.query<{ left: number }>(selectLeft);
    return rows[0]?.left === 0;
  });
  const { rows } = await database.query<{ id: string; state: string }>(
    'select message_id as id, state from notification.mail',
  );
  const copies = rows.map(({ id, state }) => ({ id, state, copies: mail.copies().get(id) ?? 0 }));
  const wrong = copies.filter((one) => one.state !== 'sent' || one.copies < 1 || one.copies > 2);
  assert.deepEqual(wrong, [], 'A mail did not come, or came too often');
  assert.equal(mail.copies().size, rows.length, 'A mail came that belongs to no notice');
  const twice = copies.filter((one) => one.copies === 2).length;
  assert.ok(twice <= workersKilled, `${twice} mails came twice, and workers were killed ${workersKilled} times`);
};
