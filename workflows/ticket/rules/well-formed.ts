import type { Command, CommandKind } from './commands.ts';
import { departments, priorities } from './words.ts';

// Our API sends nothing else, but whoever reaches the Temporal server can send an update by hand. What passes here is
// kept in the history, and may come to PostgreSQL: nothing may be in it that is large, or that no column can hold.

type Fits = (value: unknown) => boolean;

const largestWhole = 2_147_483_647;
const longestWord = 100;

const whole =
  (least: number): Fits =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= largestWhole;

const oneOf =
  (words: readonly string[]): Fits =>
  (value) =>
    typeof value === 'string' && words.includes(value);

const id = whole(1);
const word: Fits = (value) => typeof value === 'string' && value.length <= longestWord;

const fields: Record<CommandKind, Record<string, Fits>> = {
  open: { priority: oneOf(priorities), department: oneOf(departments) },
  reject: { noteId: id },
  withdraw: { noteId: id },
  close: {},
  act: { noteId: id, transition: word },
  take: {},
  route: { workflowVersionId: id },
};

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether this has everything that a command of the kind has, each of its type, and nothing else. */
export const isWellFormed = (kind: CommandKind, command: unknown): command is Command => {
  if (!isFields(command)) return false;
  const wanted = Object.entries<Fits>({ kind: oneOf([kind]), version: whole(0), actorId: id, ...fields[kind] });
  return Object.keys(command).length === wanted.length && wanted.every(([name, fits]) => fits(command[name]));
};

/** Whether the ticket can bear this as the id of its change. Who sends an update chooses its id. */
export const isChangeId = (updateId: string): boolean => /^[\w:.-]{1,100}$/.test(updateId);
