import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { isChangeId } from '../messages.ts';
import { isWholeCommand } from './command.ts';
import { type Command, type CommandKind, declarationOf, commands as declarations } from './commands/index.ts';

const isWhole = (kind: CommandKind, command: unknown) => isWholeCommand(declarationOf(kind), command);

const sent = { version: 3, actorId: 7 };
const commands: Command[] = [
  { ...sent, kind: 'open', priority: 'high', department: 'asset' },
  { ...sent, kind: 'reject', noteId: 1 },
  { ...sent, kind: 'withdraw', noteId: 1 },
  { ...sent, kind: 'close' },
  { ...sent, kind: 'act', transition: 'approve', noteId: 1 },
  { ...sent, kind: 'take' },
  { ...sent, kind: 'route', workflowVersionId: 2 },
];

test('these examples cover every kind of command', () => {
  expect(commands.map(({ kind }) => kind).toSorted()).toEqual(declarations.map(({ kind }) => kind).toSorted());
});

test.each(commands)('a whole $kind is taken', (command) => {
  expect(isWhole(command.kind, command)).toBe(true);
});

test.each(commands)('a $kind that lacks a field, or has one of another type, is not', (command) => {
  const needed = Object.keys(command).filter((field) => !(command.kind === 'act' && field === 'noteId'));
  for (const field of needed) {
    const { [field]: _left, ...rest } = { ...command } as Record<string, unknown>;
    expect(isWhole(command.kind, rest), `without ${field}`).toBe(false);
    expect(isWhole(command.kind, { ...command, [field]: {} }), `${field} is an object`).toBe(false);
  }
});

test('an act may come without a note, because its definition says whether it needs one; an empty one is none', () => {
  const { noteId, ...without } = { ...sent, kind: 'act', transition: 'approve', noteId: 1 };
  expect(isWhole('act', without)).toBe(true);
  expect(isWhole('act', { ...without, noteId: undefined })).toBe(false);
  expect(isWhole('act', { ...without, noteId: {} })).toBe(false);
});

test.each([undefined, null, 'open', 1, []])('%j is no command', (nothing) => {
  expect(isWhole('open', nothing)).toBe(false);
});

test.each(commands)('a $kind with a field too many, or with a number that no column holds, is not', (command) => {
  expect(isWhole(command.kind, { ...command, more: 1 })).toBe(false);
  for (const [field, value] of Object.entries(command))
    if (typeof value === 'number') expect(isWhole(command.kind, { ...command, [field]: 2 ** 31 })).toBe(false);
});

test.each(['', 'with a blank', 'ä', '\u0000', 'x'.repeat(101)])('%j is no id of a change', (id) => {
  expect(isChangeId(id)).toBe(false);
});

test('update ids from our API and from the command line are valid change ids', () => {
  expect(isChangeId(randomUUID())).toBe(true);
});

test('an unknown code is not accepted, nor a command of another kind', () => {
  expect(isWhole('open', { ...commands[0], priority: 'highest' })).toBe(false);
  expect(isWhole('close', { ...sent, kind: 'take' })).toBe(false);
});
