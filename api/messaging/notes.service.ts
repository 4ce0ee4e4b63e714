import type { EntityManager } from '@mikro-orm/postgresql';
import { type Condition, when } from '../db/page.ts';
import { sendWith } from '../db/prepared.ts';
import { askTogether, type Question, question, type Write } from '../db/statements.ts';
import { AppError } from '../http/problem.ts';
import { Note } from './note.entity.ts';

interface Said {
  ticketNumber: string;
  authorId: number;
  text: string;
}

/** A note that was put down. */
export type PutDown = Omit<Said, 'text'> & { id: number };

/**
 * Puts down what somebody says with a command, if this condition holds; `saidNote` asks for its id, which is all that
 * the command carries.
 */
export const noteIf = ({ ticketNumber, authorId, text }: Said, condition: Condition): Write => ({
  as: 'said',
  ...when(
    `insert into messaging.note (ticket_number, author_id, text) select ?, ?::int, ? where ${condition.sql} returning id`,
    ticketNumber,
    authorId,
    text,
    ...condition.values,
  ),
});

export const saidNote: Question<{ id: number }> = question('select id from said');

/**
 * Asked together with a note: nobody waits until that is on the disk. The change that tells of it comes behind it in
 * PostgreSQL's log and takes it there. A crash in between loses it, and then it has to be said again.
 */
export const soonOnDisk: Question<object> = question(`select set_config('synchronous_commit', 'off', true)`);

/** As `noteIf`, at once and whatever the ticket is like. */
export const putDownNote = async (em: EntityManager, said: Said): Promise<number> => {
  const { note } = await askTogether(sendWith(em), { note: saidNote }, [noteIf(said, when('true'))]);
  const [row] = note;
  if (!row) throw new Error('PostgreSQL gave the note no id');
  return row.id;
};

/** Asks for what somebody has put down on a ticket. */
export const noteWith = (
  ticketNumber: string,
  said: { noteId: number | null; actorId: number } | null,
): Question<{ text: string }> =>
  question(
    'select text from messaging.note where id = ? and ticket_number = ? and author_id = ?',
    said?.noteId ?? null,
    ticketNumber,
    said?.actorId ?? null,
  );

/** @throws AppError `not_allowed` when this person has put down no such note on this ticket. */
export const foundNote = ([found]: { text: string }[]): string => {
  if (!found) throw new AppError('not_allowed', 'What you said with it is not there any more. Say it again.');
  return found.text;
};

/** Takes back what this person said with a command that was refused; false when it was lost before. */
export const dropNote = async (em: EntityManager, { id, ticketNumber, authorId }: PutDown): Promise<boolean> =>
  (await em.nativeDelete(Note, { id, ticketNumber, authorId })) > 0;

/** What this person said then; null when it is lost. A restored backup may have given its id to a later note. */
export const noteOf = async (em: EntityManager, note: PutDown, until: Date): Promise<string | null> => {
  const found = await em.findOne(Note, { ...note, createdAt: { $lte: until } });
  return found?.text ?? null;
};
