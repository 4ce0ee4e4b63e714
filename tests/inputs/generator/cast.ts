import { randomUUID } from 'node:crypto';
import { sessionCookieName, sessionsOf } from '../../../api/auth/lucia.ts';
import { type Actor, makeActor, makeWorld, review, submit, type World } from '../../factories.ts';
import { createStages } from '../../stages.ts';
import type { Target } from '../target.ts';

/** Everybody who sends requests: their Cookie headers by name. */
export interface Cast {
  cookies: ReadonlyMap<string, string | null>;
  /** Gives each of them a new session, because some requests end sessions. */
  renew(): Promise<void>;
}

const strangersAt = (publicUrl: string): [name: string, cookie: string | null][] => [
  ['nobody', null],
  ['stranger', `${sessionCookieName(publicUrl)}=0123456789abcdefghijklmnopqrstuvwxyz0123`],
];

export const makeCast = async (
  { context }: Pick<Target, 'context'>,
  people: Record<string, Pick<Actor, 'id'>>,
): Promise<Cast> => {
  const cookies = new Map(strangersAt(context.config.PUBLIC_URL));
  const renew = async (): Promise<void> => {
    for (const [name, { id }] of Object.entries(people)) {
      const { cookie } = await sessionsOf(context.orm.em.fork(), context.config.PUBLIC_URL).create(id);
      cookies.set(name, cookie.split(';')[0] ?? '');
    }
  };
  await renew();
  return { cookies, renew };
};

const unrouted = {
  category: 'general_request',
  subject: 'A chair for the hall',
  description: 'The old one has lost a leg.',
};

/** Keeps at least two tickets for each command: a command that was accepted has used one up. */
const createStock = ({ context }: Target, world: World) => {
  const stages = createStages(world);
  const wanted: [status: string, isRouted: boolean, make: () => Promise<unknown>][] = [
    ['new', true, stages.new],
    ['open', true, stages.triage],
    ['in_progress', true, stages.resolve],
    ['resolved', true, stages.resolved],
    ['closed', true, stages.closed],
    [
      'open',
      false,
      async () => {
        const number = await submit(world.employee, unrouted);
        await review(world.coordinator, number, 'open', { priority: 'low', department: 'it' });
      },
    ],
  ];
  const has = async (status: string, isRouted: boolean): Promise<boolean> => {
    const rows = await context.orm.em
      .fork()
      .execute(
        `select 1 from helpdesk.ticket where status = ? and requester_id = ? and (category <> 'general_request') = ?`,
        [status, world.employee.id, isRouted],
      );
    return rows.length > 1;
  };
  const talk = async (): Promise<void> => {
    const [ticket] = await context.orm.em
      .fork()
      .execute<{ number: string }[]>(
        `select number from helpdesk.ticket where status = 'in_progress' and requester_id = ? limit 1`,
        [world.employee.id],
      );
    const number = ticket?.number ?? (await stages.resolve());
    const path = `/api/messaging/tickets/${number}/messages`;
    for (const { browser } of [world.employee, world.coordinator, world.admin])
      for (let n = 0; n < 2; n += 1) {
        const answer = await browser.post(path, { text: 'Is it here yet?' }, { 'idempotency-key': randomUUID() });
        if (answer.status !== 201) throw new Error(`No message: ${JSON.stringify(answer.body)}`);
      }
  };
  return async (): Promise<void> => {
    for (const [status, isRouted, make] of wanted) while (!(await has(status, isRouted))) await make();
    await talk();
  };
};

/** People of every role, and tickets at every stage. */
export const makeStage = async (target: Target) => {
  const world = await makeWorld(target);
  // No workflow definition fits such a ticket: it is unrouted until an admin chooses one.
  await target.context.orm.em
    .fork()
    .execute(`update tracking.workflow_definition set published_version = null where category = 'general_request'`);
  const restock = createStock(target, world);
  await restock();
  const cast = await makeCast(target, {
    ...world,
    // Takes over what the other admin holds.
    secondAdmin: await makeActor(target, { tts: ['Admin'] }),
    colleague: await makeActor(target, { hdts: ['Employee'] }),
    hdtsAdmin: await makeActor(target, { hdts: ['Admin'] }),
    outsider: await makeActor(target, { ams: ['Admin'] }),
  });
  return { cast, restock };
};
