import type { Command, CommandKind } from './commands.ts';
import { departments, priorities } from './words.ts';

// Our API sends nothing else, but whoever reaches the Temporal server can send an update by hand.

const isWhole = (value: unknown, least: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= least;

const isOneOf = (words: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && words.includes(value);

type Fields = Record<string, unknown>;

const fits: Record<CommandKind, (fields: Fields) => boolean> = {
  open: ({ priority, department }) => isOneOf(priorities, priority) && isOneOf(departments, department),
  reject: ({ remarkId }) => isWhole(remarkId, 1),
  withdraw: ({ remarkId }) => isWhole(remarkId, 1),
  close: () => true,
  act: ({ remarkId, transition }) => isWhole(remarkId, 1) && typeof transition === 'string',
  take: () => true,
  route: ({ workflowVersionId }) => isWhole(workflowVersionId, 1),
};

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Whether this has everything that a command of the kind has, each of its type. */
export const isWellFormed = (kind: CommandKind, command: unknown): command is Command =>
  isFields(command) &&
  command.kind === kind &&
  isWhole(command.version, 0) &&
  isWhole(command.actorId, 1) &&
  fits[kind](command);
