import type { AnyCommand, CommandOf } from '../command.ts';
import { act } from './act.ts';
import { close } from './close.ts';
import { open } from './open.ts';
import { reject } from './reject.ts';
import { route } from './route.ts';
import { take } from './take.ts';
import { withdraw } from './withdraw.ts';

/** Every command. A new one is a file of its own and a line here. */
export const commands = [open, reject, withdraw, close, act, take, route] as const;

export type Declaration = (typeof commands)[number];
export type CommandKind = Declaration['kind'];
/** A command sent to the workflow. */
export type Command = CommandOf<Declaration>;

export const declarationOf = (kind: CommandKind): AnyCommand => {
  const found = commands.find((command) => command.kind === kind);
  if (!found) throw new Error(`There is no command ${kind}`);
  return found;
};

export const isCommandKind = (kind: string): kind is CommandKind => commands.some((command) => command.kind === kind);
