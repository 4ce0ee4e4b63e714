import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMoves, type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { type Actor, laptopForm, makeActor, readTicket, submit, type World } from '../../tests/factories.ts';
import { ticketNumberPattern } from '../../workflows/ticket/rules/ticket-number.ts';
import { forms } from './form.fixture.ts';

// Only PostgreSQL runs here, so whatever passes also works while Temporal is down.

let desk: Desk;
let world: World;
let employee: Actor;

beforeAll(async () => {
  desk = await openDesk();
  world = await makeStaff(desk);
});
afterAll(() => desk.close());
beforeEach(async () => {
  employee = await makeActor(desk, { hdts: ['Employee'] });
});

const texts = ['subject', 'description', 'otherDevice', 'softwareAffected', 'otherIssue', 'preparedBy'];
const path = '/api/helpdesk/tickets';
const send = (actor: Actor, form: object, key: string) => actor.browser.post(path, form, { 'idempotency-key': key });
const query = (sql: string, values: unknown[] = []) => desk.context.orm.em.fork().execute(sql, values);
const ticketsOf = async (actor: Actor): Promise<string[]> =>
  (await actor.browser.get(path)).body.items.map((item: { number: string }) => item.number);

describe('a long description', () => {
  const lines = (length: number) => 'Line one\n\n\tand – more, 字 and 👍\r\n'.repeat(length).slice(0, length).trim();

  test.each(Object.keys(forms) as (keyof typeof forms)[])('comes back whole, with its lines: %s', async (category) => {
    const description = [...lines(12_000)].slice(0, 10_000).join('').trim();
    const number = await submit(employee, { ...forms[category], description });
    expect((await readTicket(employee, number)).description).toBe(description.replaceAll('\r\n', '\n'));
  });

  test('may be one word, and is found by it', async () => {
    const description = 'x'.repeat(9_990).concat('needle');
    const number = await submit(employee, { ...laptopForm, description });
    expect((await employee.browser.get(`${path}?q=xneedle`)).body.items).toMatchObject([{ number }]);
  });
});

test('each text of a form follows the rule of all texts, and a refused one changes nothing', async () => {
  const hidden = ['\u3164\u2800\uffa0', `Zalgo${'\u0330'.repeat(69)}`, '\u0301 accent'];
  for (const form of Object.values(forms))
    for (const field of Object.keys(form).filter((name) => texts.includes(name)))
      for (const value of hidden)
        expect(await send(employee, { ...form, [field]: value }, randomUUID()), `${field} ${value}`).toMatchObject({
          status: 400,
          body: { errors: expect.arrayContaining([expect.objectContaining({ path: field })]) },
        });
  expect(await ticketsOf(employee)).toEqual([]);
});

describe('one key makes one ticket', () => {
  test('when it comes twenty times at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(employee, laptopForm, key)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(201));
    const [number] = await ticketsOf(employee);
    expect(answers.map((answer) => answer.body)).toEqual(Array(20).fill({ number, status: 'new', version: 0 }));
    expect(await ticketsOf(employee)).toEqual([number]);
    expect(await query('select 1 from helpdesk.timeline_entry where ticket_number = ?', [number])).toHaveLength(1);
    expect(await query('select 1 from outbox where workflow_id = ?', [`ticket:${number}`])).toHaveLength(1);
  });

  test('whatever the order of the fields in the retry', async () => {
    const key = randomUUID();
    const first = await send(employee, laptopForm, key);
    const again = await send(employee, Object.fromEntries(Object.entries(laptopForm).toReversed()), key);
    expect(again.body).toEqual(first.body);
  });

  test('and a retry after the ticket has moved returns its current state', async () => {
    const key = randomUUID();
    const { number } = (await send(employee, laptopForm, key)).body;
    await createMoves(desk).open(number, { actorId: world.coordinator.id });
    expect((await send(employee, laptopForm, key)).body).toEqual({ number, status: 'open', version: 1 });
  });

  test('with another text is refused, and the refusal names the ticket that has the key', async () => {
    const key = randomUUID();
    const { number } = (await send(employee, laptopForm, key)).body;
    const answer = await send(employee, { ...laptopForm, location: 'Warehouse' }, key);
    expect(answer).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
    expect(answer.body.detail).toContain(number);
    expect(await ticketsOf(employee)).toEqual([number]);
  });

  test('with two different forms at once, one of them wins and the other is refused', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => send(employee, index % 2 ? laptopForm : forms.it_support, key)),
    );
    const statuses = answers.map((answer) => answer.status).toSorted();
    expect(statuses).toEqual([...Array(5).fill(201), ...Array(5).fill(409)]);
    expect(await ticketsOf(employee)).toHaveLength(1);
  });

  test('for each user: the same key from somebody else creates another ticket and reveals nothing about the first', async () => {
    const key = randomUUID();
    const other = await makeActor(desk, { hdts: ['Employee'] });
    const { number } = (await send(employee, laptopForm, key)).body;
    const answer = await send(other, forms.general_request, key);
    expect(answer.status).toBe(201);
    expect(answer.body.number).not.toBe(number);
    expect(await ticketsOf(other)).toEqual([answer.body.number]);
    expect(await ticketsOf(employee)).toEqual([number]);
  });
});

test('a number is TX, the day in UTC and at least six digits, and no two are alike', async () => {
  const before = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const numbers = await Promise.all(Array.from({ length: 12 }, () => submit(employee)));
  const after = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  expect(new Set(numbers).size).toBe(12);
  for (const number of numbers) {
    expect(number).toMatch(ticketNumberPattern);
    expect([before, after]).toContain(number.slice(2, 10));
  }
});

describe('ticket, timeline and the start of the workflow are one transaction', () => {
  const tables = ['helpdesk.ticket', 'helpdesk.timeline_entry', 'outbox'];
  const counts = async () => {
    const rows = await Promise.all(tables.map((table) => query(`select count(*)::int as rows from ${table}`)));
    return rows.map(([row]) => row?.rows);
  };

  test.each(tables)('a failing insert into %s leaves nothing behind, and the retry succeeds', async (table) => {
    const key = randomUUID();
    const before = await counts();
    await query(`alter table ${table} add constraint broken check (false) not valid`);
    const answer = await send(employee, laptopForm, key).finally(() =>
      query(`alter table ${table} drop constraint broken`),
    );
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(answer.body.detail).not.toContain('broken');
    expect(await counts()).toEqual(before);
    expect((await send(employee, laptopForm, key)).status).toBe(201);
    expect(await counts()).toEqual(before.map((rows) => rows + 1));
  });

  test('the workflow gets ids and codes, and no text that people wrote', async () => {
    const number = await submit(employee, forms.it_support);
    const [row] = await query('select * from outbox where workflow_id = ?', [`ticket:${number}`]);
    const { category, subCategory } = forms.it_support;
    expect(row).toMatchObject({
      workflow_type: 'ticketLifecycle',
      args: [{ number, category, subCategory, requesterId: employee.id }],
      ...{ priority: 3, fairness_key: `user:${employee.id}` },
      search_attributes: { TicketNumber: number, TicketStatus: 'new', System: 'hdts' },
    });
    for (const words of [forms.it_support.subject, forms.it_support.description, employee.email])
      expect(JSON.stringify(row)).not.toContain(words);
  });
});

test.each(Object.values(forms))('$category is shown as it was sent', async (form) => {
  const number = await submit(employee, form);
  const { category, subject, description, scheduledDate, ...fields } = form;
  const { subCategory = null, ...rest } = { subCategory: undefined, ...fields };
  expect(await readTicket(employee, number)).toMatchObject({
    ...{ number, category, subCategory, subject, description, scheduledDate, form: rest },
    ...{ status: 'new', version: 0, priority: null, department: null, assignee: null, workflowUrl: null },
    requester: { id: employee.id },
    timeline: [{ version: 0, actor: { id: employee.id }, event: { kind: 'submitted' } }],
  });
});

test('while Temporal is down, commands get 503 with Retry-After within ten seconds, and reading still works', async () => {
  const number = await submit(employee);
  const started = performance.now();
  const answers = await Promise.all([
    employee.browser.post(`${path}/${number}/withdraw`, { version: 0, reason: 'No longer needed.' }),
    world.coordinator.browser.post(`${path}/${number}/open`, { version: 0, priority: 'low', department: 'it' }),
    world.coordinator.browser.post(`${path}/${number}/reject`, { version: 0, reason: 'Twice the same.' }),
  ]);
  expect(performance.now() - started).toBeLessThan(10_000);
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(await readTicket(employee, number)).toMatchObject({ status: 'new', version: 0 });
});
