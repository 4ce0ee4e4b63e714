import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Arena } from '../arena/arena.ts';
import type { Random } from '../random.ts';
import { formFor } from './forms.ts';
import type { Answer, Person } from './person.ts';

type Senders = Pick<Arena, 'people' | 'journal'>;

const submitted = z.object({ number: z.string() });
const seenTicket = z.object({ status: z.string(), version: z.int() });
const seenTask = z.object({
  version: z.int(),
  state: z.enum(['unrouted', 'waiting', 'held', 'done', 'cancelled']),
  step: z.string().nullable(),
  assignee: z.object({ id: z.int() }).nullable(),
});

/** Whoever gets no answer tries again for as long as this, as people and pages do. */
const patienceMs = 90_000;
const pauseMs = 100;

export interface SubmittedTicket {
  number: string;
  requester: Person;
}

/** A filled-in form with the key that the page made when it opened. */
export interface Submission {
  key: string;
  body: object;
  requester: Person;
}

let turn = 0;

export const fillIn = ({ people }: Senders, random: Random): Submission => {
  turn += 1;
  // Drawn here and not by the platform, so that a seed makes the same run.
  const key = `${turn.toString(16).padStart(8, '0')}-${random.between(1e9, 4e9).toString(16)}-${random.between(1e9, 4e9).toString(16)}`;
  return { key, body: formFor(turn, key), requester: random.pick(people.employees) };
};

/** Sends it once, and hears what becomes of it or not. */
export const send = ({ key, body, requester }: Submission, via?: string): Promise<Answer> =>
  requester.ask({ kind: 'submit', path: '/api/helpdesk/tickets', body, key, ...(via ? { via } : {}) });

/** Sends the same submission again until it is acknowledged. */
export const sendUntilTaken = async ({ journal }: Senders, submission: Submission): Promise<SubmittedTicket | null> => {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    const answer = await send(submission);
    if (answer.outcome === 'ok')
      return { number: submitted.parse(answer.body).number, requester: submission.requester };
    if (answer.outcome === 'refused') {
      journal.breach(`A submission was refused: ${JSON.stringify(answer.body)}`);
      return null;
    }
    await sleep(pauseMs);
  }
  journal.breach(`The submission ${submission.key} was not taken within ${patienceMs / 1_000} s`);
  return null;
};

export const submit = (senders: Senders, random: Random): Promise<SubmittedTicket | null> =>
  sendUntilTaken(senders, fillIn(senders, random));

/** A command as a page sends it: when no answer comes, the same one again under the same key. */
interface Move {
  person: Person;
  path: string;
  command: string;
  body: object;
  key: string;
}

let commandsMade = 0;

/** An Idempotency-Key for a new command. */
export const commandKey = (): string => {
  commandsMade += 1;
  return `command-${commandsMade}`;
};

// Some commands come a second time although they have been answered, as when the answer came just too late.
const sentAgain = 0.1;

const transitions: Record<string, string> = { Triage: 'submit', Resolve: 'approve', Finalize: 'finalize' };

const nextMove = async (
  { people }: Senders,
  ticket: SubmittedTicket,
  random: Random,
): Promise<Move | 'over' | null> => {
  const { number, requester } = ticket;
  const read = async (person: Person, path: string): Promise<Answer> =>
    person.ask({ kind: 'read', path: `${path}/${number}`, ticket: number });
  const { body, outcome } = await read(requester, '/api/helpdesk/tickets');
  if (outcome !== 'ok') return null;
  const { status, version } = seenTicket.parse(body);
  const of = `/api/helpdesk/tickets/${number}`;
  if (status === 'new') {
    const choice = {
      priority: random.pick(['high', 'medium', 'low']),
      department: random.pick(['it', 'asset', 'budget']),
    };
    const person = random.pick(people.coordinators);
    return { person, path: `${of}/open`, command: 'open', body: { version, ...choice }, key: commandKey() };
  }
  if (status === 'resolved')
    return { person: requester, path: `${of}/close`, command: 'close', body: { version }, key: commandKey() };
  if (['closed', 'rejected', 'withdrawn'].includes(status)) return 'over';
  const task = await read(people.admin, '/api/tracking/tasks');
  if (task.outcome !== 'ok') return null;
  const { state, step, assignee, version: seen } = seenTask.parse(task.body);
  if (state !== 'held' || assignee === null || step === null) return null;
  const back = step === 'Resolve' && random.next() < 0.1;
  const transition = back ? 'reject' : (transitions[step] ?? '');
  const path = `/api/tracking/tasks/${number}/act`;
  return {
    person: people.byId(assignee.id),
    path,
    command: transition,
    body: { version: seen, transition, note: 'Looked at it.' },
    key: commandKey(),
  };
};

/** What a ticket's life may be ended by before it is closed. */
export interface Until {
  /** Commands to be done; all when left out. */
  commands?: number;
  stopped?(): boolean;
  /** How long somebody tries who gets no answer, where nothing can be done for long. */
  patience?: number;
}

/** Brings a ticket through its life as its people would, each command sent again until it is done. */
export const advance = async (
  senders: Senders,
  ticket: SubmittedTicket,
  random: Random,
  until: Until = {},
): Promise<void> => {
  const { commands = Number.POSITIVE_INFINITY, stopped = () => false, patience = patienceMs } = until;
  let end = Date.now() + patience;
  const send = ({ person, ...command }: Move): Promise<Answer> =>
    person.ask({ kind: 'command', ticket: ticket.number, ...command });
  let unanswered: Move | null = null;
  for (let done = 0; done < commands && !stopped(); ) {
    const move: Move | 'over' | null = unanswered ?? (await nextMove(senders, ticket, random));
    if (move === 'over') return;
    const answer: Answer | null = move && (await send(move));
    unanswered = answer?.outcome === 'unknown' ? move : null;
    if (move && answer?.outcome === 'ok') {
      if (random.next() < sentAgain) await send(move);
      done += 1;
      end = Date.now() + patience;
    } else if (Date.now() > end) {
      senders.journal.breach(`${ticket.number} did not move for ${patience / 1_000} s`);
      return;
    } else await sleep(pauseMs);
  }
};
