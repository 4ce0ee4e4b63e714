import assert from 'node:assert/strict';
import type { Annex } from '../arena/annex.ts';
import type { NotificationFact } from '../checker/facts.ts';
import { notificationsQuery } from '../checker/gather.ts';
import { checkMails } from '../checker/mails.ts';
import { eventually } from '../eventually.ts';

const selectLeft = `select (select count(*) from outbox)::int
  + (select count(*) from notification.mail where state in ('pending', 'sending'))::int as left`;

/** Waits until an annex has nothing left to do, and checks its mails: each came, and none came twice for no reason. */
export const assertMailsCame = async ({ database, mail }: Annex, workerKills: number): Promise<void> => {
  await eventually('the outbox and the mails of the annex are drained', async () => {
    const { rows } = await database.query<{ left: number }>(selectLeft);
    return rows[0]?.left === 0;
  });
  const { rows: notifications } = await database.query<NotificationFact>(notificationsQuery);
  const wrong = checkMails({ notifications, copies: mail.copies(), refusals: 0, workerKills });
  assert.deepEqual(wrong, [], 'A mail did not come, or came too often');
};
