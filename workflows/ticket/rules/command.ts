import type { PartyName } from './authority.ts';
import type { Change, Moment, Pinned } from './change.ts';
import type { Definition, NoteReader, NoteRule } from './definition.ts';
import { type Fields, fits, type InputOf, isWhole } from './input.ts';
import { notAllowed, type Refusal, sentences, stale } from './refusal.ts';
import { readableRole } from './role-key.ts';
import type { TicketFacts, TicketState } from './state.ts';
import type { Department } from './words.ts';

/** Names of roles and people, for sentences. */
export interface Names {
  role(key: string): string;
  /** Null when the name is not known here. */
  assignee: string | null;
}

/** For code without access to names, such as the workflow. */
export const plainNames: Names = { role: readableRole, assignee: null };

/** A ticket as the rules see it. */
export interface Situation {
  facts: TicketFacts;
  state: TicketState;
  /** Null before the ticket is routed. */
  definition: Definition | null;
  names: Names;
}

/** Which workflow definition a command pins the ticket to: the best match, or a chosen version. */
export type Pin = { matching: Department } | { workflowVersionId: number };

/** A button for the command: its input and its texts. */
export interface Choice<Input> {
  key: string;
  name: string;
  input: Input;
  direction: 'forward' | 'back' | 'take';
  /** What happens: "Goes to Finalize (Admin)". */
  leadsTo: string;
  note: NoteRule;
  noteFor: NoteReader;
}

/**
 * One kind of command, declared once. The API's route and schema, the workflow's update, the check in the transaction, the
 * projection and the pages' buttons all come from this. Pure: no I/O, no text that people wrote.
 */
export interface CommandDeclaration<
  Kind extends string = string,
  Input extends Fields = Fields,
  Note extends NoteName = NoteName,
> {
  /** Also the name of the Temporal update and the last part of the route. */
  kind: Kind;
  /** What it does, for the API's document. */
  title: string;
  /** The path of its route: `/api/<at>/{number}/<kind>`. */
  at: 'helpdesk/tickets' | 'tracking/tasks';
  input: Input;
  /**
   * The name of its note field, as people see it; null for no note. A reason must always be given; `noteRule` says it of a
   * note. The workflow gets only the note's id.
   */
  note: Note;
  /** Whether the note must or may be written, for a command whose `note` is `note`. */
  noteRule?(situation: Pick<Situation, 'state' | 'definition'>, input: InputOf<Input>): NoteRule;
  may: PartyName;
  /** The definition that it pins the ticket to, if any. It is loaded before `apply`. */
  pins?(input: InputOf<Input>): Pin;
  /** Why it is refused now, as a sentence for the sender; null when it is allowed. */
  refusal(situation: Situation, input: InputOf<Input>, actorId: number): string | null;
  /** The buttons on a step, if the command has any. */
  choices?(situation: Situation): Choice<InputOf<Input>>[];
  apply(
    ticket: { state: TicketState; pinned: Pinned | null; actorId: number },
    input: InputOf<Input>,
    moment: Moment,
  ): Change;
  /** The summary of the change in Temporal Web. */
  summary(change: Change, input: InputOf<Input>, actorId: number): string;
}

export type NoteName = 'reason' | 'note' | null;
export type AnyCommand = CommandDeclaration;

/** Keeps the literal types of a declaration. */
export const defineCommand = <const Kind extends string, Input extends Fields, const Note extends NoteName>(
  declaration: CommandDeclaration<Kind, Input, Note>,
): CommandDeclaration<Kind, Input, Note> => declaration;

/** What every command carries besides its input. */
export interface Envelope {
  /** The version that the sender saw; an older one is refused. */
  version: number;
  actorId: number;
}

type NoteIdOf<Note extends NoteName> = Note extends 'reason'
  ? { noteId: number }
  : Note extends 'note'
    ? { noteId?: number }
    : unknown;

/** A command sent to the workflow. */
export type CommandOf<Declaration> =
  Declaration extends CommandDeclaration<infer Kind, infer Input, infer Note>
    ? { kind: Kind } & Envelope & InputOf<Input> & NoteIdOf<Note>
    : never;

/** A command's own input, without the envelope. */
export const inputOf = (command: object): InputOf<Fields> => {
  const { kind, version, actorId, noteId, ...input } = command as Record<string, never>;
  return input;
};

/**
 * Whether this is a complete command of the declared kind, with the right types and nothing else. Our API sends only such
 * commands, but anybody who can reach the Temporal server can send an update by hand, and what passes here is stored.
 */
export const isWholeCommand = (declaration: AnyCommand, command: unknown): boolean => {
  if (typeof command !== 'object' || command === null) return false;
  const { kind, version, actorId, noteId } = command as Record<string, unknown>;
  const input: Record<string, unknown> = inputOf(command);
  const fields = Object.entries(declaration.input);
  return (
    kind === declaration.kind &&
    isWhole(version, 0) &&
    isWhole(actorId, 1) &&
    ('noteId' in command ? declaration.note !== null && isWhole(noteId, 1) : declaration.note !== 'reason') &&
    Object.keys(input).length === fields.length &&
    fields.every(([name, field]) => fits(field, input[name]))
  );
};

/** Why a command is refused now. One for a newer version than ours passes, because the workflow then catches up first. */
export const whyNot = (declaration: AnyCommand, situation: Situation, command: Envelope): Refusal | null => {
  const { version, actorId } = command;
  if (version > situation.state.version) return null;
  if (version < situation.state.version) return stale(sentences.pageIsOld);
  const input = inputOf(command);
  return (
    whyNotNow(declaration, situation, input, actorId) ??
    whyNotThisNote(declaration.noteRule?.(situation, input), hasNote(command))
  );
};

// In histories of the first release a note is called a remark.
const hasNote = (command: object): boolean => 'noteId' in command || 'remarkId' in command;

const whyNotThisNote = (rule: NoteRule | undefined, isWritten: boolean): Refusal | null => {
  if (rule === 'required' && !isWritten) return notAllowed(sentences.noteMissing);
  return rule === 'none' && isWritten ? notAllowed(sentences.noNoteHere) : null;
};

/** Like `whyNot`, without the checks of the version and the note. */
export const whyNotNow = (
  declaration: AnyCommand,
  situation: Situation,
  input: InputOf<Fields>,
  actorId: number,
): Refusal | null => {
  const why = declaration.refusal(situation, input, actorId);
  return why === null ? null : notAllowed(why);
};
