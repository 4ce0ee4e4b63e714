import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Arena } from '../arena/arena.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import { median } from '../median.ts';
import { advance } from '../workload/advance.ts';
import { mailsAbout } from '../workload/mails.ts';
import type { Person } from '../workload/person.ts';
import { secondsOf } from '../workload/span.ts';
import type { SubmittedTicket } from '../workload/submission.ts';
import { takeIn } from '../workload/tickets.ts';

const delayedByAtMost = 1;

/** A reason why a mail never arrives, and how it is noted. */
interface Poison {
  name: string;
  why: string;
  /** Whether it is found out before the mail server is asked. */
  foundBefore: boolean;
  put(arena: Arena, requester: Person): Promise<void>;
  take(arena: Arena, requester: Person): Promise<void>;
}

const setAddress = async ({ database }: Arena, id: number, email: string): Promise<void> => {
  await database.query('update auth."user" set email = $2 where id = $1', [id, email]);
};

const poisons: readonly Poison[] = [
  {
    name: 'the mail server refuses its reader for good',
    why: 'refused_address',
    foundBefore: false,
    put: async ({ mail }, { email }) => mail.refuse(550, email),
    take: async ({ mail }) => mail.refuse(null),
  },
  {
    name: 'its reader has an address that is none',
    why: 'refused_address',
    foundBefore: true,
    put: (arena, { id }) => setAddress(arena, id, 'a@b@c'),
    take: (arena, { id, email }) => setAddress(arena, id, email),
  },
  {
    name: 'its reader has no address at all',
    why: 'no_address',
    foundBefore: true,
    put: (arena, { id }) => setAddress(arena, id, ''),
    take: (arena, { id, email }) => setAddress(arena, id, email),
  },
];

/** Waits for this person's earlier mails: one that is still pending would be refused as well. */
const earlierMailsAreOut = ({ database }: Arena, { id }: Person): Promise<unknown> =>
  eventually(`the earlier mails to user ${id} are sent or given up`, async () => {
    const waiting = `select from notification.mail m join notification.notification n on n.id = m.notification_id
      where n.user_id = $1 and m.state in ('pending', 'sending') limit 1`;
    return (await database.query(waiting, [id])).rows.length === 0;
  });

const notificationList = z.object({ items: z.array(z.object({ ticket: z.string() })) });

const secondsOfOpening = ({ journal }: Arena, { number }: SubmittedTicket): number => {
  const opening = journal.operations.find(({ ticket, command }) => ticket === number && command === 'open');
  if (!opening) throw new Error(`${number} was never opened`);
  return secondsOf(opening);
};

/** The mail is given up after one try; the notification is in the app, the ticket goes on, and the agent gets the mail of the same change. */
const assertGivenUp = async (arena: Arena, ticket: SubmittedTicket, { name, why }: Poison): Promise<void> => {
  const { number, requester } = ticket;
  await eventually(`the mails about ${number} are sent or given up`, async () => {
    const mails = await mailsAbout(arena.database, [number]);
    return mails.length > 0 && mails.every(({ state }) => state === 'sent' || state === 'failed');
  });
  const mails = await mailsAbout(arena.database, [number]);
  const own = mails.filter(({ userId }) => userId === requester.id);
  assert.equal(own.length, 1, `The requester has ${own.length} mails`);
  for (const { state, attempts, lastError } of own)
    assert.deepEqual({ state, attempts, lastError }, { state: 'failed', attempts: 1, lastError: why }, name);
  const others = mails.filter(({ userId }) => userId !== requester.id);
  assert.ok(
    others.length > 0 && others.every(({ state }) => state === 'sent'),
    `Others got no mail of the same change, because ${name}`,
  );
  const list = await requester.ask({ kind: 'read', path: '/api/notifications' });
  const seen = notificationList.parse(list.body).items.some((notification) => notification.ticket === number);
  assert.ok(seen, `The requester does not find the notification in the app, because ${name}`);
};

export const mailRefused: Fault = {
  id: 'F-17',
  name: 'mails that will never arrive: a refused reader, and addresses that are none',
  async inject(arena, { random, nightly }) {
    const batches = nightly ? 10 : 1;
    const delays: number[] = [];
    for (let batch = 0; batch < batches; batch += 1)
      for (const poison of poisons) {
        const requester = random.pick(arena.people.employees);
        const other = random.pick(arena.people.employees.filter(({ id }) => id !== requester.id));
        const [poisoned, healthy] = [await takeIn(arena, random, requester), await takeIn(arena, random, other)];
        await earlierMailsAreOut(arena, requester);
        await poison.put(arena, requester);
        try {
          for (const ticket of [healthy, poisoned]) await advance(arena, ticket, random, { commands: 1 });
          await assertGivenUp(arena, poisoned, poison);
          if (poison.foundBefore) arena.mail.missed();
        } finally {
          await poison.take(arena, requester);
        }
        delays.push(secondsOfOpening(arena, poisoned) - secondsOfOpening(arena, healthy));
        await advance(arena, poisoned, random);
      }
    const delay = median(delays);
    assert.ok(delay <= delayedByAtMost, `A command took ${delay.toFixed(1)} s longer where its mail was refused`);
    return { times: delays.length, recovery: null };
  },
};
