import type { PartyName } from './authority.ts';
import type { Change, Moment, Pinned } from './change.ts';
import type { Definition } from './definition.ts';
import { type Fields, fits, type InputOf, isWhole } from './input.ts';
import { notAllowed, type Refusal, sentences, stale } from './refusal.ts';
import { readableRole } from './role-key.ts';
import type { TicketFacts, TicketState } from './state.ts';
import type { Department } from './words.ts';

/** How roles and people are called in sentences. */
export interface Names {
  role(key: string): string;
  /** Null: the name is not at hand. */
  assignee: string | null;
}

/** For whoever knows no names: the workflow. */
export const plainNames: Names = { role: readableRole, assignee: null };

/** A ticket as the rules see it. */
export interface Situation {
  facts: TicketFacts;
  state: TicketState;
  /** Null before the ticket is routed. */
  definition: Definition | null;
  names: Names;
}

/** The workflow definition that a command pins the ticket to: the one that matches best, or the version that was chosen. */
export type Pin = { matching: Department } | { workflowVersionId: number };

/** A button that a page can offer for the command: the input that it sends, and how it reads. */
export interface Choice<Input> {
  key: string;
  name: string;
  input: Input;
  direction: 'forward' | 'back' | 'take';
  /** What happens: "Goes to Finalize (Admin)". */
  leadsTo: string;
}

/**
 * One kind of command, declared once. The API's route and schema, the workflow's update, the check in the transaction, the
 * projection and the pages' buttons are all made from this. Pure: no I/O, no text of people.
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
  /** Where its route stands: `/api/<at>/{number}/<kind>`. */
  at: 'helpdesk/tickets' | 'tracking/tasks';
  input: Input;
  /** What people write with it, by the name that it has for them; null: nothing. The workflow sees only its id. */
  note: Note;
  may: PartyName;
  /** The definition that it pins the ticket to, if any: it is looked up before `apply`. */
  pins?(input: InputOf<Input>): Pin;
  /** Why it is refused now, in a sentence for the person who sent it; null: it is not. */
  refusal(situation: Situation, input: InputOf<Input>, actorId: number): string | null;
  /** The buttons that a step offers, for a command that has some. */
  choices?(situation: Situation): Choice<InputOf<Input>>[];
  apply(
    ticket: { state: TicketState; pinned: Pinned | null; actorId: number },
    input: InputOf<Input>,
    moment: Moment,
  ): Change;
  /** What Temporal Web says beside the change. */
  summary(change: Change, input: InputOf<Input>, actorId: number): string;
}

export type NoteName = 'reason' | 'note' | null;
export type AnyCommand = CommandDeclaration;

/** Keeps the kinds and inputs of a declaration as narrow as they are written. */
export const defineCommand = <const Kind extends string, Input extends Fields, const Note extends NoteName>(
  declaration: CommandDeclaration<Kind, Input, Note>,
): CommandDeclaration<Kind, Input, Note> => declaration;

/** What every command carries besides its input. */
export interface Envelope {
  /** The version that the sender saw; an older one is refused. */
  version: number;
  actorId: number;
}

/** A command as it is sent to the workflow. */
export type CommandOf<Declaration> =
  Declaration extends CommandDeclaration<infer Kind, infer Input, infer Note>
    ? { kind: Kind } & Envelope & InputOf<Input> & (Note extends null ? unknown : { noteId: number })
    : never;

/** The input of a command, without what every command carries. */
export const inputOf = (command: object): InputOf<Fields> => {
  const { kind, version, actorId, noteId, ...input } = command as Record<string, never>;
  return input;
};

/**
 * Whether this is all that a command of the declared kind needs, each part of its type, and nothing else. Our API sends
 * nothing else, but whoever reaches the Temporal server can send an update by hand, and what passes here is kept.
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
    (declaration.note === null ? noteId === undefined && !('noteId' in command) : isWhole(noteId, 1)) &&
    Object.keys(input).length === fields.length &&
    fields.every(([name, field]) => fits(field, input[name]))
  );
};

/** Why a command is refused now; a command from a newer version than ours passes: then the workflow catches up first. */
export const whyNot = (declaration: AnyCommand, situation: Situation, command: Envelope): Refusal | null => {
  const { version, actorId } = command;
  if (version > situation.state.version) return null;
  if (version < situation.state.version) return stale(sentences.pageIsOld);
  return whyNotNow(declaration, situation, inputOf(command), actorId);
};

/** As `whyNot`, for somebody who has just looked: the version plays no part. */
export const whyNotNow = (
  declaration: AnyCommand,
  situation: Situation,
  input: InputOf<Fields>,
  actorId: number,
): Refusal | null => {
  const why = declaration.refusal(situation, input, actorId);
  return why === null ? null : notAllowed(why);
};
