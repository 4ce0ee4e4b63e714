import type { EntityManager } from '@mikro-orm/postgresql';
import { sentences } from '../../workflows/ticket/rules/refusal.ts';
import { AppError } from '../http/problem.ts';
import { messaging } from './messaging.tables.ts';
import { Note } from './note.entity.ts';

export interface NewNote {
  ticketNumber: string;
  authorId: number;
  /** The command it belongs to. */
  commandId: string;
  text: string;
}

/** Stores the note of a command and returns its id. The same command sent again gets the note it already has. */
export const writeNote = async (em: EntityManager, note: NewNote): Promise<number> => {
  const { ticketNumber, authorId, commandId, text } = note;
  const { id } = await messaging(em)
    .insertInto('messaging.note')
    .values({ ticket_number: ticketNumber, author_id: authorId, command_id: commandId, text })
    // An update that changes nothing, because `do nothing` would not return the existing row.
    .onConflict((conflict) => conflict.columns(['ticket_number', 'command_id']).doUpdateSet({ command_id: commandId }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** The text of this author's note on the ticket. @throws AppError `not_allowed` when there is no such note. */
export const noteText = async (
  em: EntityManager,
  note: { id: number; ticketNumber: string; authorId: number },
): Promise<string> => {
  const found = await messaging(em)
    .selectFrom('messaging.note')
    .select('text')
    .where('id', '=', note.id)
    .where('ticket_number', '=', note.ticketNumber)
    .where('author_id', '=', note.authorId)
    .executeTakeFirst();
  if (!found) throw new AppError('not_allowed', sentences.noteIsGone);
  return found.text;
};

/** Deletes the note of a refused command. */
export const dropNote = async (em: EntityManager, id: number): Promise<void> => {
  await em.nativeDelete(Note, { id });
};
