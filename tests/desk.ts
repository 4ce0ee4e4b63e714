import { randomUUID } from 'node:crypto';
import { createTicketActivities } from '../activities/ticket/ticket.activities.ts';
import { createApp } from '../api/app.ts';
import { Role, UserSystemRole } from '../api/auth/auth.entity.ts';
import { memberSnapshot, roleSnapshot } from '../api/auth/snapshots.service.ts';
import type { Config } from '../api/config.ts';
import { type Context, createContext } from '../api/context.ts';
import { Ticket } from '../api/helpdesk/ticket.entity.ts';
import { publishDefinition } from '../api/tracking/definitions.service.ts';
import { applyRole, applyRoleMember } from '../api/tracking/members.service.ts';
import { workflowSeeds } from '../seeds/workflows.ts';
import type { Change } from '../workflows/ticket/rules/change.ts';
import { acted, closed, opened, rejected, taken, withdrawn } from '../workflows/ticket/rules/changes.fixture.ts';
import type { CommandKind } from '../workflows/ticket/rules/commands/index.ts';
import type { TicketState } from '../workflows/ticket/rules/state.ts';
import { markOverdue } from '../workflows/ticket/rules/timed-changes.ts';
import type { Department, Priority } from '../workflows/ticket/rules/words.ts';
import { makeActor, type World } from './factories.ts';
import { noteFor } from './notes.ts';
import { freshDatabase, testConfig } from './stack.ts';

/** Only API and PostgreSQL: nothing listens at Temporal's address, and no relay or worker runs. */
export interface Desk {
  context: Context;
  app: ReturnType<typeof createApp>;
  close(): Promise<void>;
}

export const openDesk = async (overrides: Partial<Config> = {}): Promise<Desk> => {
  const database = await freshDatabase();
  const config = testConfig({ DATABASE_URL: database.url, TEMPORAL_ADDRESS: '127.0.0.1:9', ...overrides });
  const context = await createContext(config, 'test');
  return {
    context,
    app: createApp(context),
    async close() {
      await context.close();
      await database.drop();
    },
  };
};

/** Copies every role and member to tracking, like the sync workflows, but signals no tickets. */
export const syncMembers = async ({ context }: Pick<Desk, 'context'>): Promise<void> => {
  const em = context.orm.em.fork();
  const ofTts = { system: { slug: 'tts' } } as const;
  for (const { id } of await em.find(Role, ofTts)) {
    const role = await roleSnapshot(em.fork(), id);
    if (role) await applyRole(em.fork(), role);
  }
  for (const { user, role } of await em.find(UserSystemRole, { role: ofTts })) {
    const member = await memberSnapshot(em.fork(), { userId: user.id, roleId: role.id });
    if (member) await applyRoleMember(em.fork(), member);
  }
};

/** Creates one person for each role and the five workflows, and syncs them to tracking. */
export const makeStaff = async (desk: Desk): Promise<World> => {
  const world = {
    employee: await makeActor(desk, { hdts: ['Employee'] }),
    coordinator: await makeActor(desk, { hdts: ['Ticket Coordinator'] }),
    admin: await makeActor(desk, { tts: ['Admin'] }),
    assetManager: await makeActor(desk, { tts: ['Asset Manager'] }),
    budgetManager: await makeActor(desk, { tts: ['Budget Manager'] }),
  };
  for (const workflow of workflowSeeds) await publishDefinition(desk.context.orm.em.fork(), workflow);
  await syncMembers(desk);
  return world;
};

interface By {
  /** Left out for changes that the workflow makes by itself. */
  kind?: CommandKind;
  actorId?: number | null;
  text?: string;
  at?: number;
}

/** Moves tickets like their workflow, with the same rules and activity but without Temporal. */
export const createMoves = ({ context }: Pick<Desk, 'context'>) => {
  const activities = createTicketActivities(context);
  const fork = () => context.orm.em.fork();

  const record = async (
    number: string,
    make: (state: TicketState, changeId: string, now: number) => Change | Promise<Change>,
    { kind, actorId = null, text, at = Date.now() }: By = {},
  ): Promise<TicketState> => {
    const change = await make(await activities.currentState(number), randomUUID(), at);
    const noteId =
      text === undefined ? null : await noteFor(fork(), { ticketNumber: number, authorId: actorId ?? 0, text });
    const by = actorId === null || !kind ? null : { kind, actorId, noteId };
    return activities.recordChange({ number, ...change, by, at });
  };

  const pinnedOf = (state: TicketState) => activities.pinnedVersion(state.workflowVersionId ?? 0);

  return {
    record,
    open: (number: string, by: By = {}, priority: Priority = 'high', department: Department = 'asset') =>
      record(
        number,
        async (state, changeId, now) => {
          const { category, subCategory = null } = await fork().findOneOrFail(Ticket, { number });
          const pinned = await activities.findWorkflow({ category, subCategory, department });
          return opened(state, { priority, department }, pinned, changeId, now);
        },
        { kind: 'open', ...by },
      ),
    act: (number: string, transition: string, by: By) =>
      record(number, async (state, changeId, now) => acted(state, await pinnedOf(state), transition, changeId, now), {
        kind: 'act',
        ...('text' in by ? {} : { text: 'All in order.' }),
        ...by,
      }),
    take: (number: string, actorId: number) =>
      record(number, (state, changeId) => taken(state, actorId, changeId), { kind: 'take', actorId }),
    reject: (number: string, by: By) => record(number, rejected, { kind: 'reject', ...by }),
    withdraw: (number: string, by: By) => record(number, withdrawn, { kind: 'withdraw', ...by }),
    close: (number: string, who: 'requester' | 'time', by: By = {}) =>
      record(number, (state, changeId) => closed(state, who, changeId), { kind: 'close', ...by }),
    overdue: (number: string) => record(number, markOverdue),
  };
};
export type Moves = ReturnType<typeof createMoves>;
