import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { facts, now, requester } from '../ticket.fixture.ts';
import { type Actor, whyMayNot } from './authority.ts';
import { applied } from './changes.fixture.ts';
import { plainNames, whyNotNow } from './command.ts';
import { commands, declarationOf } from './commands/index.ts';
import type { Definition } from './definition.ts';
import { deadlineOf, stateSchema, type TicketState } from './state.ts';
import { definitionUpToDate, type StoredState, upToDate } from './upgrade.ts';

// The states that each release has stored, one file for each schema number. A new schema adds a file and changes none.
const folder = new URL('states/', import.meta.url);
const read = (schema: number): Record<string, StoredState> =>
  JSON.parse(readFileSync(new URL(`schema-${schema}.json`, folder), 'utf8'));
const schemas = Array.from({ length: stateSchema }, (_, index) => index + 1);

const today = read(stateSchema) as unknown as Record<string, TicketState>;

test('there is a file for each schema number, up to the current one', () => {
  expect(readdirSync(folder).toSorted()).toEqual(schemas.map((schema) => `schema-${schema}.json`));
});

describe.each(schemas)('a state of schema %i', (schema) => {
  test.each(Object.entries(read(schema)))('%s: is the same ticket in the shape of today', (place, stored) => {
    expect(upToDate(stored)).toEqual(today[place]);
    // Upgrading again changes nothing: the API, an activity and the workflow may each do it.
    expect(upToDate(upToDate(stored))).toEqual(today[place]);
  });

  test.each(Object.entries(read(schema)))('%s: goes on as the rules of today say', (place, stored) => {
    const state = upToDate(stored);
    const deadline = deadlineOf(state);
    expect(deadline === null).toBe(!['held', 'waiting', 'resolved'].includes(place));
    const definition = definitionUpToDate(firstDefinition);
    const situation = { facts, state, definition, names: plainNames };
    const input = { priority: 'low', department: 'asset', transition: 'approve', workflowVersionId: 7 };
    const everybody: Actor[] = [requester, 2, 9].map((id) => ({ id, has: () => true }));
    const possible = commands.filter((command) =>
      everybody.some(
        (actor) =>
          whyMayNot(declarationOf(command.kind), actor, situation, plainNames) === null &&
          whyNotNow(declarationOf(command.kind), situation, input, actor.id) === null,
      ),
    );
    const isOver = state.phase.at === 'over';
    expect(possible.length > 0).toBe(!isOver);
    for (const { kind } of possible) {
      const pinned = { workflowVersionId: 7, definition };
      const change = applied(kind, state, { changeId: 'next', now }, { input, pinned, actorId: 2 });
      expect(change.state).toMatchObject({ schema: stateSchema, version: state.version + 1, changeId: 'next' });
    }
  });
});

/** As stored by the first release, with names of roles. */
const firstDefinition: Definition = {
  start: 'triage',
  steps: ['triage', 'resolve'].map((key) => ({
    key,
    name: key,
    role: 'Admin',
    roleByDepartment: { asset: 'Asset Manager' },
    instruction: 'Look at it.',
    weight: 1,
    transitions: [{ key: 'approve', name: 'Approve', to: null, direction: 'forward' as const }],
  })),
  sla: { critical: 1, high: 2, medium: 3, low: 4 },
};

test('a definition of the first release names roles by their keys', () => {
  const steps = definitionUpToDate(firstDefinition).steps;
  expect(steps.map(({ role }) => role)).toEqual(['admin', 'admin']);
  expect(steps[0]?.roleByDepartment).toEqual({ asset: 'asset_manager' });
  expect(definitionUpToDate(definitionUpToDate(firstDefinition))).toEqual(definitionUpToDate(firstDefinition));
});

test('a state of a newer release is refused: this process must be upgraded first', () => {
  expect(() => upToDate({ schema: stateSchema + 1, phase: { at: 'review' } })).toThrow('newer release');
});
