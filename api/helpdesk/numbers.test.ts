import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { type Actor, laptopForm, makeActor, readTicket, submit } from '../../tests/factories.ts';
import { ticketNumberPattern } from '../../workflows/ticket/rules/ticket-number.ts';
import { moveBeyondDay } from './numbers.service.ts';

// Whatever happens to the sequence, submissions go on and no two tickets share a number.

let desk: Desk;
let employee: Actor;
beforeAll(async () => {
  desk = await openDesk();
  await makeStaff(desk);
  employee = await makeActor(desk, { hdts: ['Employee'] });
});
afterAll(() => desk.close());

const em = () => desk.context.orm.em.fork();
const last = async (): Promise<number> => {
  const [row] = await em().execute<{ last: string }[]>('select last_value as last from helpdesk.ticket_digits');
  return Number(row?.last);
};
const setTo = (value: number, isCalled = true) =>
  em().execute('select setval(?, ?::bigint, ?)', ['helpdesk.ticket_digits', value, isCalled]);
const digitsOf = (number: string): number => Number(number.slice('TX20261123'.length));
const send = (key: string) => employee.browser.post('/api/helpdesk/tickets', laptopForm, { 'idempotency-key': key });

beforeEach(async () => {
  for (let some = 0; some < 3; some += 1) await submit(employee);
});

test('a sequence set back to 1 by hand continues after today’s numbers', async () => {
  const highest = await last();
  await setTo(1, false);
  const answer = await send(randomUUID());
  expect(answer.status).toBe(201);
  expect(digitsOf(answer.body.number)).toBe(highest + 1);
  expect(digitsOf(await submit(employee))).toBe(highest + 2);
});

test('sixteen submissions at once on a sequence that was set back get a number each', async () => {
  const highest = await last();
  await setTo(1, false);
  const answers = await Promise.all(Array.from({ length: 16 }, () => send(randomUUID())));
  expect(answers.map(({ status }) => status)).toEqual(Array(16).fill(201));
  const digits = answers.map(({ body }) => digitsOf(body.number));
  expect(new Set(digits).size).toBe(16);
  expect(Math.min(...digits)).toBeGreaterThan(highest);
  expect(await last()).toBe(Math.max(...digits));
});

test('moving the sequence while others draw numbers never moves it back', async () => {
  const drawn: number[] = [];
  const drawing = Array.from({ length: 8 }, async () => {
    for (let some = 0; some < 4; some += 1) drawn.push(digitsOf(await submit(employee)));
  });
  const moving = Array.from({ length: 8 }, async () => {
    const before = await last();
    await moveBeyondDay(em(), new Date());
    expect(await last()).toBeGreaterThanOrEqual(before);
  });
  await Promise.all([...drawing, ...moving]);
  expect(new Set(drawn).size).toBe(32);
});

test('a sequence set forward by hand goes on from there', async () => {
  await setTo((await last()) + 1_000);
  const highest = await last();
  const digits = [digitsOf(await submit(employee)), digitsOf(await submit(employee))];
  expect(digits).toEqual([highest + 1, highest + 2]);
});

test('a retry uses up no number', async () => {
  const key = randomUUID();
  const first = await send(key);
  const before = await last();
  const again = await send(key);
  expect(again.body).toEqual(first.body);
  expect(await last()).toBe(before);
});

test('after 999999 numbers have seven digits and work like any other', async () => {
  await setTo(999_999);
  const number = await submit(employee);
  expect(number).toMatch(ticketNumberPattern);
  expect(digitsOf(number)).toBe(1_000_000);
  expect(await readTicket(employee, number)).toMatchObject({ number, status: 'new' });
  expect(digitsOf(await submit(employee))).toBe(1_000_001);
  await setTo(1, false);
  expect(digitsOf(await submit(employee))).toBe(1_000_002);
});
