import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Arena } from '../arena/arena.ts';
import type { Random } from '../random.ts';
import { formFor } from './forms.ts';
import type { Answer, Person } from './person.ts';

/** The people who work, and the journal of what they send. */
export type Senders = Pick<Arena, 'people' | 'journal'>;

const submitted = z.object({ number: z.string() });
/** Whoever gets no answer tries again for as long as this, as people and pages do. */
export const patienceMs = 90_000;
export const pauseMs = 100;

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

/** Sends it once, whether an answer comes or not. */
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
