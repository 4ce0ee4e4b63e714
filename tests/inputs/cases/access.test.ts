import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../../api/app.ts';
import { sessionsOf } from '../../../api/auth/lucia.ts';
import {
  type Actor,
  act,
  laptopForm,
  makeActor,
  makeWorld,
  readTask,
  readTicket,
  review,
  submit,
  type World,
} from '../../factories.ts';
import { ask } from '../contract.ts';
import { withoutEffect } from '../effect.ts';
import { openWholeTarget, type Target } from '../target.ts';
import { type Action, type ActorName, actors, plant, type Stage, table } from './access-table.ts';
import { forgetTries, sql } from './fixture.ts';

let target: Target;
let world: World;
let people: Record<Exclude<ActorName, 'nobody'>, Actor>;
/** Tickets that nobody may change: for cells that only look or are refused. */
const shared = new Map<string, Promise<string>>();

const done = async (answer: Promise<{ status: number; body: unknown }>): Promise<void> => {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBe(200);
};

/** A ticket of this person at this stage; the step is held by `assignee`. */
const bring = async (stage: Stage, requester: Actor, assignee: Actor): Promise<string> => {
  const { coordinator, admin } = world;
  const number = await submit(requester, stage === 'unrouted' ? plant : laptopForm);
  if (stage === 'new') return number;
  await done(review(coordinator, number, 'open', { priority: 'high', department: 'asset' }));
  if (stage === 'unrouted') return number;
  await done(act(admin, number, 'submit'));
  if ((await readTask(assignee, number)).assignee?.id !== assignee.id)
    await done(act(assignee, number, 'take', undefined));
  if (stage === 'resolve') return number;
  await done(act(assignee, number, 'approve'));
  await done(act(admin, number, 'finalize'));
  return number;
};

const freshTicket = (stage: Stage, actor: ActorName): Promise<string> =>
  bring(stage, actor === 'ownAgent' ? people.ownAgent : people.owner, people.assignee);

const sharedTicket = (stage: Stage, actor: ActorName): Promise<string> => {
  const key = `${stage} ${actor === 'ownAgent' ? 'own' : ''}`;
  const ticket = shared.get(key) ?? freshTicket(stage, actor);
  shared.set(key, ticket);
  return ticket;
};

beforeAll(async () => {
  target = await openWholeTarget();
  world = await makeWorld(target);
  people = {
    expired: await makeActor(target, { hdts: ['Ticket Coordinator', 'Admin'], tts: ['Budget Manager'] }),
    outsider: await makeActor(target, { ams: ['Admin'], bms: ['Admin'] }),
    owner: world.employee,
    employee: await makeActor(target, { hdts: ['Employee'] }),
    coordinator: world.coordinator,
    hdtsAdmin: await makeActor(target, { hdts: ['Admin'] }),
    assignee: world.assetManager,
    colleague: await makeActor(target, { tts: ['Asset Manager'] }),
    agent: world.budgetManager,
    ttsAdmin: world.admin,
    ownAgent: await makeActor(target, { hdts: ['Employee'], tts: ['Asset Manager'] }),
  };
  await sql(target, `update auth.session set expires_at = now() - interval '1 second' where user_id = ?`, [
    people.expired.id,
  ]);
  // The first use of a session that is over deletes it.
  await ask(target, { path: '/api/me', as: people.expired });
  await sql(
    target,
    `update tracking.workflow_definition set published_version = null where category = 'general_request'`,
  );
});
afterAll(() => target.close());

const cookieOf = async (actor: ActorName, { route }: Action): Promise<string | null> => {
  if (actor === 'nobody') return null;
  const { id, browser } = people[actor];
  // Signing out ends a session that the other cells still need.
  if (actor === 'expired' || !route.endsWith('/sign-out')) return browser.cookie();
  const { cookie } = await sessionsOf(target.context.orm.em.fork(), target.origin).create(id);
  return cookie.split(';')[0] ?? '';
};

const codes: Record<number, string[]> = {
  401: ['unauthenticated', 'invalid_credentials'],
  403: ['forbidden'],
  404: ['not_found'],
  409: ['not_allowed'],
};

interface Cell {
  actor: ActorName;
  status: number;
}

const isRefused = ({ status }: Cell): boolean => status >= 400;

const numberFor = async ({ method, stage }: Action, cell: Cell): Promise<string> => {
  if (stage === 'none') return '';
  const isFresh = method === 'POST' && !isRefused(cell);
  return (isFresh ? freshTicket : sharedTicket)(stage, cell.actor);
};

/** Messages that nobody may change, by their tickets. */
const sharedMessages = new Map<string, Promise<number>>();

/** A message of the ticket's requester, for the routes that change one. */
const messageFor = async ({ route }: Action, cell: Cell, number: string): Promise<string> => {
  if (!route.includes('{id}')) return '';
  const requester = cell.actor === 'ownAgent' ? people.ownAgent : people.owner;
  const post = async (): Promise<number> => {
    const answer = await ask(target, {
      method: 'POST',
      path: `/api/messaging/tickets/${number}/messages`,
      json: { voice: 'public', text: 'When does it come?' },
      as: requester,
      headers: { 'idempotency-key': randomUUID() },
    });
    return answer.body.id;
  };
  const message = (isRefused(cell) && sharedMessages.get(number)) || post();
  if (isRefused(cell)) sharedMessages.set(number, message);
  return String(await message);
};

const look = async (action: Action, cell: Cell): Promise<void> => {
  const { method, route, query, body } = action;
  const { actor, status } = cell;
  const number = await numberFor(action, cell);
  const id = await messageFor(action, cell, number);
  const isCommand = route.includes('{number}') && !route.startsWith('/api/messaging');
  const { version } = isCommand ? await readTicket(world.admin, number) : {};
  const json = body === undefined ? undefined : { ...(isCommand ? { version } : {}), ...body };
  const hasKey = body === plant || (method === 'POST' && route.endsWith('/messages'));
  const headers = hasKey ? { 'idempotency-key': randomUUID() } : {};
  const as = await cookieOf(actor, action);
  await forgetTries(target);
  const path = `${route.replace('{number}', number).replace('{id}', id)}${query}`;
  const answer = await ask(target, { method, path, json, as, headers });
  expect(answer.status, `${actor} to ${action.name}: ${JSON.stringify(answer.body)}`).toBe(status);
  if (codes[status]) expect(codes[status], actor).toContain(answer.body.code);
};

const cellsOf = ({ answers }: Action): Cell[] =>
  actors.map((actor, index): Cell => ({ actor, status: answers[index] ?? 0 }));

test('whoever may not is refused, and leaves no trace', async () => {
  const refusals = table.flatMap((action) =>
    cellsOf(action)
      .filter(isRefused)
      .map((cell) => ({ action, cell })),
  );
  expect(refusals.length).toBeGreaterThan(150);
  for (const { action, cell } of refusals) await messageFor(action, cell, await numberFor(action, cell));
  await withoutEffect(target, async () => {
    for (const { action, cell } of refusals) await look(action, cell);
  });
});

test.each(table)('whoever may $name is let in', async (action) => {
  expect(action.answers).toHaveLength(actors.length);
  for (const cell of cellsOf(action).filter((candidate) => !isRefused(candidate))) await look(action, cell);
});

test('everybody sees in the lists what they may read, and no more', async () => {
  const mine = await sharedTicket('new', 'owner');
  const own = await sharedTicket('new', 'ownAgent');
  const lists = async (actor: Exclude<ActorName, 'nobody'>): Promise<string[]> => {
    const { body } = await ask(target, { path: '/api/helpdesk/tickets?scope=all&limit=100', as: people[actor] });
    return body.items
      .map((row: { number: string }) => row.number)
      .filter((number: string) => [mine, own].includes(number));
  };
  const both = [mine, own].toSorted();
  const seen = {
    owner: [mine],
    employee: [],
    coordinator: both,
    hdtsAdmin: both,
    assignee: both,
    agent: both,
    ttsAdmin: both,
  };
  for (const [actor, numbers] of Object.entries(seen))
    expect((await lists(actor as keyof typeof seen)).toSorted(), actor).toEqual(numbers);
  const workflowOf = async (actor: Exclude<ActorName, 'nobody'>) => (await readTicket(people[actor], mine)).workflowUrl;
  for (const actor of ['owner', 'coordinator', 'assignee', 'agent'] as const)
    expect(await workflowOf(actor), actor).toBeNull();
  for (const actor of ['hdtsAdmin', 'ttsAdmin'] as const) expect(await workflowOf(actor), actor).not.toBeNull();
});

// Their answers are the same to everybody, and hold nothing of anybody.
const documents = ['GET /openapi.json', 'GET /api/reference', 'GET /api/reference/standalone.js'];

test('every route of the application stands in the table', async () => {
  const { routes } = createApp(target.context);
  const all = routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
  const known = [
    ...table.map(({ method, route }) => `${method} ${route.replace('{number}', ':number').replace('{id}', ':id')}`),
    ...documents,
  ];
  expect([...new Set(all)].toSorted()).toEqual([...new Set(known)].toSorted());
});
