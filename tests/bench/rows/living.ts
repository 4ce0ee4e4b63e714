import { z } from 'zod';
import { passwords, systemAdmin, ttsAccounts } from '../../../seeds/accounts.ts';
import { each } from '../../rig/each.ts';
import type { Bench } from '../bench.ts';
import { type HttpClient, openClient } from '../stack/http.ts';
import { type Account, productClients, signIn } from '../stack/sessions.ts';
import { forms, submitOne } from './submit.ts';

/** The current state of a ticket, and who can act on it. */
interface Place {
  version: number;
  step: string;
  assignee: number;
}

/** A real ticket: submitted and opened by people, with a workflow that waits on a step. */
export interface Living {
  number: string;
  place: Promise<Place>;
}

/** The action on each step that keeps a ticket cycling: the last step sends it back. */
const roundForEver: Record<string, string> = { triage: 'submit', resolve: 'approve', finalize: 'reject' };

const commandAnswer = z.object({ version: z.int() });

/** The callers waiting for the next lookup, by ticket number. */
const wanted = new Map<string, PromiseWithResolvers<Place>>();
const lookAfterMs = 150;

const lookUpWanted = async ({ database }: Bench): Promise<void> => {
  const waiting = new Map(wanted);
  wanted.clear();
  try {
    const { rows } = await database.query<Place & { number: string }>({
      name: 'places',
      text: 'select number, version, step_key as step, assignee_id as assignee from tracking.task where number = any($1)',
      values: [[...waiting.keys()]],
    });
    for (const { number, ...place } of rows) waiting.get(number)?.resolve(place);
    for (const [number, { reject }] of waiting) reject(new Error(`${number} has no task`));
  } catch (error) {
    for (const { reject } of waiting.values()) reject(error);
  }
};

/** Looks up many tickets at once while they rest, because lookups take from the measured capacity. */
const lookUp = (bench: Bench, number: string): Promise<Place> => {
  if (wanted.size === 0) setTimeout(() => void lookUpWanted(bench), lookAfterMs);
  const place = Promise.withResolvers<Place>();
  wanted.set(number, place);
  return place.promise;
};

/** Submits and opens `count` tickets. */
export const makeLiving = async (bench: Bench, count: number): Promise<Living[]> => {
  const employees = productClients(bench.product, bench.sessions.employee);
  const coordinators = productClients(bench.product, bench.sessions.coordinator);
  const all = forms();
  const made: Living[] = [];
  await each(
    Array.from({ length: count }, (_, index) => index),
    8,
    async (index, worker) => {
      const [employee, coordinator] = [employees[worker], coordinators[worker]];
      if (!employee || !coordinator) throw new Error('There are too few sessions');
      const number = await submitOne(employee, all[index % all.length] ?? {});
      await coordinator.post(`/api/helpdesk/tickets/${number}/open`, {
        version: 0,
        priority: 'medium',
        department: 'asset',
      });
      made.push({ number, place: lookUp(bench, number) });
    },
  );
  return made;
};

/** The cookie of each agent, by user id. */
export type Agents = ReadonlyMap<number, string>;

const known: readonly Account[] = [
  ...ttsAccounts.map(({ email }) => ({ email, password: passwords.tts })),
  { email: systemAdmin('tts').email, password: passwords.systemAdmin },
];

export const signInAgents = async (bench: Bench): Promise<Agents> => {
  const agents = new Map<number, string>();
  for (const account of known) {
    const { rows } = await bench.database.query<{ id: number }>('select id from auth."user" where email = lower($1)', [
      account.email,
    ]);
    const id = rows[0]?.id;
    if (id !== undefined) agents.set(id, await signIn(bench.product, account));
  }
  return agents;
};

/** The HTTP clients of all agents for one client of a cell; all use that client's API process. */
export const agentClients = (bench: Bench, agents: Agents, client: number): Map<number, HttpClient> => {
  const { apis, settings } = bench.product;
  const url = apis[client % apis.length]?.url ?? '';
  const origin = settings.PUBLIC_URL ?? '';
  return new Map([...agents].map(([id, cookie]) => [id, openClient({ url, origin, cookie })]));
};

/** Acts on the ticket's step as its assignee; settles when the change is in PostgreSQL. */
export const actOn = async (
  bench: Bench,
  ticket: Living,
  people: Map<number, HttpClient>,
  acts: Record<string, string> = roundForEver,
): Promise<void> => {
  const { version, step, assignee } = await ticket.place;
  const person = people.get(assignee);
  if (!person) throw new Error(`User ${assignee}, who holds ${ticket.number}, is no seeded agent`);
  const { text } = await person.post(`/api/tracking/tasks/${ticket.number}/act`, {
    version,
    transition: acts[step] ?? '',
    note: 'Looked at it, all in order.',
  });
  const done = commandAnswer.parse(JSON.parse(text));
  if (done.version !== version + 1) throw new Error(`${ticket.number} answered version ${done.version}`);
  ticket.place = lookUp(bench, ticket.number);
};
