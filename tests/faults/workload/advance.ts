import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Random } from '../random.ts';
import { commandKey } from './command-key.ts';
import type { Answer, Person } from './person.ts';
import { patienceMs, pauseMs, type Senders, type SubmittedTicket } from './submission.ts';

const seenTicket = z.object({ status: z.string(), version: z.int() });
const seenTask = z.object({
  version: z.int(),
  state: z.enum(['unrouted', 'waiting', 'held', 'done', 'cancelled']),
  step: z.string().nullable(),
  assignee: z.object({ id: z.int() }).nullable(),
});

/** A command as a page sends it: when no answer comes, the same one again under the same key. */
interface Move {
  person: Person;
  path: string;
  command: string;
  body: object;
  key: string;
}

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

/** How far to bring a ticket; to its end when nothing is given. */
export interface Until {
  /** Commands to be done; all when left out. */
  commands?: number;
  stopped?(): boolean;
  /** How long somebody tries without an answer; longer where an outage lasts long. */
  patience?: number;
}

/** Brings a ticket on as its people would, each command sent again until it is carried out. */
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
