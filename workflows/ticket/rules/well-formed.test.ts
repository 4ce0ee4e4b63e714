import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Command } from './commands.ts';
import { isChangeId, isWellFormed } from './well-formed.ts';

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

test.each(commands)('a whole $kind is taken', (command) => {
  expect(isWellFormed(command.kind, command)).toBe(true);
});

test.each(commands)('a $kind that lacks a field, or has one of another type, is not', (command) => {
  for (const field of Object.keys(command)) {
    const { [field]: _left, ...rest } = { ...command } as Record<string, unknown>;
    expect(isWellFormed(command.kind, rest), `without ${field}`).toBe(false);
    expect(isWellFormed(command.kind, { ...command, [field]: {} }), `${field} is an object`).toBe(false);
  }
});

test.each([undefined, null, 'open', 1, []])('%j is no command', (nothing) => {
  expect(isWellFormed('open', nothing)).toBe(false);
});

test.each(commands)('a $kind with a field too many, or with a number that no column holds, is not', (command) => {
  expect(isWellFormed(command.kind, { ...command, more: 1 })).toBe(false);
  for (const [field, value] of Object.entries(command))
    if (typeof value === 'number') expect(isWellFormed(command.kind, { ...command, [field]: 2 ** 31 })).toBe(false);
});

test.each(['', 'with a blank', 'ä', '\u0000', 'x'.repeat(101)])('%j is no id of a change', (id) => {
  expect(isChangeId(id)).toBe(false);
});

test('the ids that are given to updates by our API and by the command line are ids of changes', () => {
  expect(isChangeId(randomUUID())).toBe(true);
});

test('a word that does not exist opens nothing, and a command of one kind does not pass for another', () => {
  expect(isWellFormed('open', { ...commands[0], priority: 'highest' })).toBe(false);
  expect(isWellFormed('close', { ...sent, kind: 'take' })).toBe(false);
});
