import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { makeUser } from '../api/auth/people.fixture.ts';
import type { Context } from '../api/context.ts';
import { type Answer, type Browser, openBrowser } from '../api/http/browser.fixture.ts';
import { publishDefinition } from '../api/tracking/definitions.service.ts';
import { RoleMember } from '../api/tracking/members.entity.ts';
import { workflowSeeds } from '../seeds/workflows.ts';
import { until } from './until.ts';

/** Where a world is created: a database and an API. */
export interface Place {
  context: Context;
  app: Parameters<typeof openBrowser>[0];
}

/** A signed-in person. */
export interface Actor {
  id: number;
  email: string;
  browser: Browser;
}

export interface World {
  employee: Actor;
  coordinator: Actor;
  admin: Actor;
  assetManager: Actor;
  budgetManager: Actor;
}

type Roles = Parameters<typeof makeUser>[1];

export const makeActor = async ({ context, app }: Place, roles: Roles): Promise<Actor> => {
  const { id, email, password } = await makeUser(context.orm, roles);
  const browser = openBrowser(app);
  expect((await browser.signIn({ email, password })).status).toBe(200);
  return { id, email, browser };
};

/** Creates one person for each role and the five workflows; done when tracking has the members of its roles. */
export const makeWorld = async (system: Place): Promise<World> => {
  const world = {
    employee: await makeActor(system, { hdts: ['Employee'] }),
    coordinator: await makeActor(system, { hdts: ['Ticket Coordinator'] }),
    admin: await makeActor(system, { tts: ['Admin'] }),
    assetManager: await makeActor(system, { tts: ['Asset Manager'] }),
    budgetManager: await makeActor(system, { tts: ['Budget Manager'] }),
  };
  for (const workflow of workflowSeeds) await publishDefinition(system.context.orm.em.fork(), workflow);
  await until(async () => (await system.context.orm.em.fork().count(RoleMember, { active: true })) === 3);
  return world;
};

export const laptopForm = {
  category: 'asset_check_out',
  subject: 'Laptop for the field audit',
  description: 'I audit the branch in the north and need a laptop with a docking port.',
  subCategory: 'Laptop',
  serial: 'LN-2024-003',
  location: 'Branch Office North',
  expectedReturnDate: `${new Date().getFullYear() + 1}-12-31`,
} as const;

/** Submits like this person's page. Returns the number. */
export const submit = async (actor: Actor, form: object = laptopForm, key: string = randomUUID()): Promise<string> => {
  const answer = await actor.browser.post('/api/helpdesk/tickets', form, { 'idempotency-key': key });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.number;
};

const ticketPath = (number: string) => `/api/helpdesk/tickets/${number}`;
const taskPath = (number: string) => `/api/tracking/tasks/${number}`;

export const readTicket = async (actor: Actor, number: string): Promise<Answer['body']> =>
  (await actor.browser.get(ticketPath(number))).body;

export const readTask = async (actor: Actor, number: string): Promise<Answer['body']> =>
  (await actor.browser.get(taskPath(number))).body;

/** Sends the command for the current version. */
const command = async (actor: Actor, read: string, path: string, body: object): Promise<Answer> => {
  const { version } = (await actor.browser.get(read)).body;
  return actor.browser.post(path, { version, ...body });
};

/** Repeats the request while the answer is 503, like a person would. */
export const untilAnswered = (ask: () => Promise<Answer>): Promise<Answer> =>
  until(async () => {
    const answer = await ask();
    return answer.status === 503 ? null : answer;
  });

export const review = (actor: Actor, number: string, verb: string, body: object): Promise<Answer> =>
  command(actor, ticketPath(number), `${ticketPath(number)}/${verb}`, body);

/** Takes a transition of the step, or takes the step over. */
export const act = (
  actor: Actor,
  number: string,
  action: string,
  note: string | undefined = 'Looked at it, all in order.',
) =>
  action === 'take'
    ? command(actor, taskPath(number), `${taskPath(number)}/take`, {})
    : command(actor, taskPath(number), `${taskPath(number)}/act`, {
        transition: action,
        ...(note !== undefined && { note }),
      });
