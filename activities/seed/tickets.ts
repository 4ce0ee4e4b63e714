import type { EntityManager } from '@mikro-orm/postgresql';
import { heartbeat } from '@temporalio/activity';
import pLimit from 'p-limit';
import { activeMembers } from '../../api/auth/people.service.ts';
import type { Context } from '../../api/context.ts';
import { Person } from '../../api/helpdesk/person.entity.ts';
import { submitTicket } from '../../api/helpdesk/submit.service.ts';
import { Ticket } from '../../api/helpdesk/ticket.entity.ts';
import { priorities } from '../../api/temporal/priorities.ts';
import { WorkflowDefinition } from '../../api/tracking/definition.entity.ts';
import { RoleMember, TrackingRole } from '../../api/tracking/members.entity.ts';
import { type TicketBatchSettings, type TicketSeed, ticketSeed } from '../../seeds/tickets.ts';
import { workflowRoles, workflowSeeds } from '../../seeds/workflows.ts';
import type { NumberRange, Tally } from '../../workflows/seed/messages.ts';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import { explained, notYet, seedFirst } from './failures.ts';
import { createMover, type People } from './moves.ts';

export interface TicketLot extends TicketBatchSettings {
  /** A range of the batch; `to` is not included. */
  from: number;
  to: number;
}

const peopleOf = async (em: EntityManager): Promise<People> => {
  const persons = await em.find(Person, { active: true }, { orderBy: { userId: 'asc' } });
  return {
    employees: persons.filter((person) => person.isEmployee),
    coordinators: persons.filter((person) => person.roles.includes('ticket_coordinator')),
  };
};

const requirePeople = async (em: EntityManager): Promise<void> => {
  const { employees, coordinators } = await peopleOf(em);
  if (employees.length > 0 && coordinators.length > 0) return;
  if (employees.length === 0 && (await activeMembers(em, 'hdts', 'employee')).length === 0)
    throw seedFirst('No employees found to assign tickets to', 'hdts-employees');
  if (coordinators.length === 0 && (await activeMembers(em, 'hdts', 'ticket_coordinator')).length === 0)
    throw seedFirst('No coordinators found to open tickets', 'hdts');
  throw notYet(
    'People are on the way to the help desk. The API sends them there and the worker of the queue helpdesk takes them in; both must run (npm start).',
  );
};

const requireMembers = async (em: EntityManager): Promise<void> => {
  const roles = await em.find(TrackingRole, { key: [...workflowRoles], active: true });
  const members = await em.find(RoleMember, { roleId: roles.map((role) => role.id), active: true });
  const empty = workflowRoles.find(
    (key) => !roles.some((role) => role.key === key && members.some((member) => member.roleId === role.id)),
  );
  if (!empty) return;
  if ((await activeMembers(em, 'tts', empty)).length === 0)
    throw seedFirst(`Nobody has the role ${readableRole(empty)}`, 'tts');
  throw notYet(
    `The members of ${readableRole(empty)} are on the way to ticket tracking. The API must run (npm start).`,
  );
};

const requireWorkflows = async (em: EntityManager): Promise<void> => {
  const published = await em.find(WorkflowDefinition, { publishedVersion: { $ne: null } });
  const missing = workflowSeeds.find((seed) => !published.some(({ category }) => category === seed.category));
  if (missing) throw seedFirst(`WorkflowDefinition does not exist: ${missing.name}`, 'workflows');
};

/** How many tickets move at the same time. */
const atOnce = 5;

const seedsOf = ({ from, to, ...settings }: TicketLot): TicketSeed[] =>
  Array.from({ length: to - from }, (_, index) => ticketSeed(from + index, settings));

const picked = <Item>(items: readonly Item[], pick: number): Item => {
  const item = items[pick % items.length];
  if (item === undefined) throw notYet('Everybody who could be picked has left meanwhile.');
  return item;
};

/** The existing tickets of these seeds, by key. */
const standing = async (em: EntityManager, seeds: readonly TicketSeed[]): Promise<Map<string, Ticket>> => {
  const tickets = await em.find(Ticket, { idempotencyKey: seeds.map((seed) => seed.key) });
  return new Map(tickets.map((ticket) => [ticket.idempotencyKey, ticket]));
};

/** Seeds tickets the normal way: the help desk's own submission, then commands to their workflows. */
export const createTicketSeeds = (context: Pick<Context, 'orm' | 'temporal'>) => {
  const { orm } = context;
  const mover = createMover(context);
  return {
    /** Retried while people and roles are still being synced from auth. */
    awaitTicketPeople: explained(async (): Promise<void> => {
      const em = orm.em.fork();
      await requirePeople(em);
      await requireMembers(em);
      await requireWorkflows(em);
    }),

    submitTickets: explained(async (lot: TicketLot): Promise<Tally & { numbers: NumberRange | null }> => {
      const em = orm.em.fork();
      const { employees } = await peopleOf(em);
      const seeds = seedsOf(lot);
      const there = await standing(em, seeds);
      const made: string[] = [];
      for (const seed of seeds.filter(({ key }) => !there.has(key))) {
        const { userId: id, name } = picked(employees, seed.requesterPick);
        const submission = { requester: { id, name }, idempotencyKey: seed.key, form: seed.formFor(name) };
        const at = new Date(Date.now() - seed.ageMinutes * 60_000);
        const { ticket } = await submitTicket(orm.em.fork(), { ...submission, at, priority: priorities.bulk });
        made.push(ticket.number);
        heartbeat(made.length);
      }
      const [first, last] = [made[0], made.at(-1)];
      return {
        created: made.length,
        existing: seeds.length - made.length,
        numbers: first !== undefined && last !== undefined ? { first, last } : null,
      };
    }),

    /** Moves each ticket as far as its fate says. Tickets already there stay. */
    moveTickets: explained(async (lot: TicketLot): Promise<void> => {
      const em = orm.em.fork();
      const { coordinators } = await peopleOf(em);
      const seeds = seedsOf(lot);
      const there = await standing(em, seeds);
      const moveOne = async (seed: TicketSeed): Promise<void> => {
        const ticket = there.get(seed.key);
        if (ticket) await mover.move(ticket.number, seed, picked(coordinators, seed.coordinatorPick).userId);
      };
      const limit = pLimit({ concurrency: atOnce, rejectOnClear: true });
      const moveOrStop = async (seed: TicketSeed): Promise<void> => {
        try {
          await moveOne(seed);
        } catch (error) {
          limit.clearQueue();
          throw error;
        }
      };
      // Wait for all running moves before failing; otherwise the retry would collide with them.
      const moved = await Promise.allSettled(seeds.map((seed) => limit(moveOrStop, seed)));
      const failed = moved.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    }),
  };
};
