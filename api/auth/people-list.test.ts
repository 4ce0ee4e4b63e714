import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, openDesk } from '../../tests/desk.ts';
import { type Actor, makeActor } from '../../tests/factories.ts';
import { changeUser } from './users.service.ts';

let desk: Desk;
let agent: Actor;
let employee: Actor;

beforeAll(async () => {
  desk = await openDesk();
  agent = await makeActor(desk, { tts: ['Admin'] });
  employee = await makeActor(desk, { hdts: ['Employee'] });
  const em = () => desk.context.orm.em.fork();
  await changeUser(em(), agent.id, { firstName: 'Jürgen', lastName: 'Groß' });
  await changeUser(em(), employee.id, { firstName: 'Anne-Marie', lastName: 'O’Neil', isActive: false });
});
afterAll(() => desk.close());

const namesFor = async (query: string): Promise<string[]> => {
  const { status, body } = await agent.browser.get(`/api/people?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map(({ name }: { name: string }) => name);
};

test.each([
  ['q=jur', ['Jürgen Groß']],
  ['q=GROSS', ['Jürgen Groß']],
  ['q=gross jur', ['Jürgen Groß']],
  ['q=marie', ['Anne-Marie O’Neil']],
  ["q=o'neil", ['Anne-Marie O’Neil']],
  ['q=neil', ['Anne-Marie O’Neil']],
  ['q=eil', []],
  ['q=gross anne', []],
  ['q=example.com', []],
  ['q=-', []],
  ['', ['Anne-Marie O’Neil', 'Jürgen Groß']],
  ['of=tts', ['Jürgen Groß']],
  ['of=tts&q=anne', []],
])('people are found by the beginnings of their names: %s', async (query, expected) => {
  expect(await namesFor(query)).toEqual(expected);
});

test('people are found by their address and by their ids', async () => {
  expect(await namesFor(`q=${employee.email}`)).toEqual(['Anne-Marie O’Neil']);
  expect(await namesFor(`ids=${agent.id},${employee.id},999999`)).toEqual(['Anne-Marie O’Neil', 'Jürgen Groß']);
  expect((await agent.browser.get('/api/people?ids=1,x')).status).toBe(400);
});
