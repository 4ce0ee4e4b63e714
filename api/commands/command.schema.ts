import { z } from 'zod';
import type { AnyCommand, CommandDeclaration, NoteName } from '../../workflows/ticket/rules/command.ts';
import type { Declaration } from '../../workflows/ticket/rules/commands/index.ts';
import { type Field, type Fields, type InputOf, longestKey } from '../../workflows/ticket/rules/input.ts';
import { text } from '../http/text.schema.ts';
import { noteLimits } from '../http/written-text.ts';

/** What people write with a command. */
export const note = text(noteLimits.min, noteLimits.max);

const fieldSchema = (field: Field): z.ZodType => {
  switch (field.type) {
    case 'oneOf':
      return z.enum(field.words, field.missing);
    case 'id':
      return z.int().min(1);
    case 'key':
      return z.string().min(1).max(longestKey);
  }
};

type NoteOf<Note extends NoteName> = Note extends 'reason'
  ? { reason: string }
  : Note extends 'note'
    ? { note?: string }
    : unknown;

/** The body of a command's request. */
export type BodyOf<Of> =
  Of extends CommandDeclaration<string, infer Input extends Fields, infer Note extends NoteName>
    ? { version: number } & InputOf<Input> & NoteOf<Note>
    : never;

/** A body for any of the commands. */
export type AnyBody = BodyOf<Declaration>;

const noteField = (name: NoteName): z.core.$ZodShape => {
  if (name === null) return {};
  if (name === 'reason') return { reason: note };
  // The workflow definition says whether it is needed; see "note" among the actions of a task.
  return { note: note.optional() };
};

/** Makes the schema of a command's body from its declaration. */
export const bodySchema = ({ input, note: noteName }: AnyCommand) =>
  z.strictObject({
    /** The version that the page shows. An older one is refused with the changes since. */
    version: z.int().min(0),
    ...Object.fromEntries(Object.entries(input).map(([name, field]) => [name, fieldSchema(field)])),
    ...noteField(noteName),
  });
