import { describe, expect, test } from 'vitest';
import { assignee, bystander, definition, facts, onStep, type Place, requester, ticketAt } from '../ticket.fixture.ts';
import { plainNames, whyNot } from './command.ts';
import { type Command, type CommandKind, commands, declarationOf } from './commands/index.ts';
import type { NoteRule } from './definition.ts';
import type { TicketState } from './state.ts';

const places = ['review', 'unrouted', 'held', 'waiting', 'resolved', 'over'] as const satisfies Place[];
const people = [
  { person: 'the requester', actorId: requester },
  { person: 'the assignee of the step', actorId: assignee },
  { person: 'somebody else', actorId: bystander },
];

/** Who may: all, the requester, the assignee of the step, everybody except the assignee, or nobody. */
const mayThey = {
  all: () => true,
  owner: (userId: number) => userId === requester,
  assignee: (userId: number) => userId === assignee,
  others: (userId: number) => userId !== assignee,
  '-': () => false,
};

// All rules. The columns are `places`.
const rules: [CommandKind, ...(keyof typeof mayThey)[]][] = [
  ['open', 'all', '-', '-', '-', '-', '-'],
  ['reject', 'all', '-', '-', '-', '-', '-'],
  ['withdraw', 'owner', 'owner', 'owner', 'owner', '-', '-'],
  ['close', '-', '-', '-', '-', 'owner', '-'],
  ['act', '-', '-', 'assignee', '-', '-', '-'],
  ['take', '-', '-', 'others', 'all', '-', '-'],
  ['route', '-', 'all', '-', '-', '-', '-'],
];

const commandOf = (kind: CommandKind, actorId: number, version: number): Command => {
  switch (kind) {
    case 'open':
      return { kind, actorId, version, priority: 'low', department: 'it' };
    case 'reject':
    case 'withdraw':
      return { kind, actorId, version, noteId: 1 };
    case 'act':
      return { kind, actorId, version, noteId: 1, transition: 'submit' };
    case 'route':
      return { kind, actorId, version, workflowVersionId: 7 };
    case 'close':
    case 'take':
      return { kind, actorId, version };
  }
};

const refusalOf = (state: TicketState, command: Command) =>
  whyNot(declarationOf(command.kind), { facts, state, definition, names: plainNames }, command);

test('the rules cover every command', () => {
  expect(rules.map(([kind]) => kind).toSorted()).toEqual(commands.map(({ kind }) => kind).toSorted());
});

const cases = rules.flatMap(([kind, ...who]) =>
  places.flatMap((place, column) =>
    people.map(({ person, actorId }) => {
      const allowed = mayThey[who[column] ?? '-'](actorId);
      return { kind, place, person, actorId, allowed, outcome: allowed ? 'is accepted' : 'is refused' };
    }),
  ),
);

describe.each(places)('on a ticket that is %s', (here) => {
  const state = ticketAt[here];
  const ask = (kind: CommandKind, actorId: number, version: number) =>
    refusalOf(state, commandOf(kind, actorId, version));

  test.each(cases.filter(({ place }) => place === here))('$kind by $person $outcome', ({ kind, actorId, allowed }) => {
    const refusal = ask(kind, actorId, state.version);
    expect(refusal === null).toBe(allowed);
    if (refusal) expect(refusal).toMatchObject({ type: 'notAllowed', why: expect.stringMatching(/^[A-Z].*\.$/) });
    // A sender with an older version must reload first. One with a newer version knows more than the workflow.
    expect(ask(kind, actorId, state.version - 1)).toMatchObject({ type: 'stale' });
    expect(ask(kind, actorId, state.version + 1)).toBeNull();
  });
});

const over = { ...ticketAt.over, status: 'withdrawn' as const };

test.each([
  [commandOf('open', 9, 5), ticketAt.held, 'This ticket has been reviewed already. It is being worked on.'],
  [commandOf('reject', 9, 5), over, 'This ticket has been reviewed already. It is over.'],
  [commandOf('withdraw', 9, 5), ticketAt.held, 'Only the person who sent the ticket can withdraw it.'],
  [commandOf('withdraw', requester, 5), ticketAt.resolved, 'It is done already. Close it instead.'],
  [commandOf('withdraw', requester, 5), over, 'This ticket is over.'],
  [commandOf('close', 9, 5), ticketAt.resolved, 'Only the person who sent the ticket can close it.'],
  [commandOf('close', requester, 5), ticketAt.held, 'Only a resolved ticket can be closed. It is being worked on.'],
  [commandOf('route', 9, 5), ticketAt.held, 'This ticket has its workflow. It is being worked on.'],
  [commandOf('take', 9, 5), ticketAt.unrouted, 'There is no step to take. It waits for an admin to choose a workflow.'],
  [commandOf('take', assignee, 5), ticketAt.held, 'You hold this step already.'],
  [commandOf('act', 9, 5), ticketAt.held, 'Another Admin holds this step. Take it over to act on it.'],
  [commandOf('act', 9, 5), ticketAt.waiting, 'No Admin is active yet. Whoever joins the role gets it.'],
  [
    commandOf('act', 9, 5),
    ticketAt.resolved,
    'There is no step to act on. It is resolved and waits for the requester.',
  ],
])('a refusal explains itself: %3$s', (command, state, why) => {
  expect(refusalOf(state, command)).toEqual({ type: 'notAllowed', why });
});

test('an action that the step does not have is refused even to its assignee', () => {
  const state = { ...ticketAt.held, phase: onStep('mend', 'asset_manager', assignee) };
  expect(refusalOf(state, commandOf('act', assignee, 5))).toEqual({
    type: 'notAllowed',
    why: 'The step Mend has no such action.',
  });
});

describe('a note', () => {
  const state = { ...ticketAt.held, phase: onStep('mend', 'asset_manager', assignee) };
  const refusalBy = (note: NoteRule | undefined, transition: string, noteId?: number) => {
    const steps = definition.steps.map((step) => ({
      ...step,
      transitions: step.transitions.map((way) => ({ ...way, ...(note && { note }) })),
    }));
    const situation = { facts, state, definition: { ...definition, steps }, names: plainNames };
    const command = { kind: 'act', actorId: assignee, version: 5, transition, ...(noteId && { noteId }) } as const;
    return whyNot(declarationOf('act'), situation, command)?.why ?? null;
  };

  test('is needed, possible or not taken, as the definition says', () => {
    expect(refusalBy('required', 'done')).toBe('This needs a note. Say in a sentence what you did or why.');
    expect(refusalBy('required', 'done', 1)).toBeNull();
    expect([refusalBy('optional', 'reject'), refusalBy('optional', 'reject', 1)]).toEqual([null, null]);
    expect(refusalBy('none', 'done')).toBeNull();
    expect(refusalBy('none', 'done', 1)).toBe('This takes no note. Send it without one.');
  });

  test('is needed to send a ticket back, and not to go forward, in definitions from before that setting', () => {
    expect([refusalBy(undefined, 'done'), refusalBy(undefined, 'done', 1)]).toEqual([null, null]);
    expect(refusalBy(undefined, 'reject')).toContain('This needs a note.');
    expect(refusalBy(undefined, 'reject', 1)).toBeNull();
  });
});

test('an old page is asked to reload, whatever else is wrong', () => {
  expect(refusalOf(ticketAt.over, commandOf('act', bystander, 1))).toEqual({
    type: 'stale',
    why: 'The ticket has changed since this page was loaded. Look at it again, then decide.',
  });
});
