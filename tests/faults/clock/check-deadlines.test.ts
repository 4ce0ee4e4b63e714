import { expect, test } from 'vitest';
import type { RecordedChange } from '../../../activities/ticket/recorded-change.ts';
import type { TicketEvent } from '../../../workflows/ticket/rules/change.ts';
import { submitted, type TicketState } from '../../../workflows/ticket/rules/state.ts';
import { definition } from '../../../workflows/ticket/ticket.fixture.ts';
import { checkDeadlines } from './check-deadlines.ts';

const hour = 3_600_000;
const day = 24 * hour;
const entered: TicketEvent = { kind: 'step_entered', step: 'Any', roleKey: 'any' };
const done: TicketEvent = { kind: 'step_done', step: 'Any', transition: 'Any', direction: 'forward', noteFor: 'staff' };

const change = (version: number, at: number, events: TicketEvent[], rest: Partial<TicketState>): RecordedChange => ({
  ...{ number: 'A', by: null, at, events, notify: [] },
  state: { ...submitted, changeId: `change-${version}`, version, status: 'open', priority: 'high', ...rest },
});
const onStep = (step: string): Partial<TicketState> => ({
  phase: { at: 'step', step, roleKey: 'admin', assigneeId: 2, onlyRequester: false, dueAt: 0, overdue: false },
});

// High: two hours for the first step, six for the second.
const recorded = () => ({
  opened: change(1, 0, [entered], onStep('check')),
  marked: change(2, 2 * hour, [{ kind: 'overdue' }], onStep('check')),
  moved: change(3, 3 * hour, [done, entered], onStep('mend')),
  resolved: change(4, 8 * hour, [done, { kind: 'resolved', closesAt: 80 * hour }], { status: 'resolved' }),
  closed: change(5, 80 * hour, [{ kind: 'closed', by: 'time' }], { status: 'closed' }),
});
type Recorded = ReturnType<typeof recorded>;

const problemsOf = (changes: RecordedChange[]): string[] => checkDeadlines(changes, definition, 100 * day).problems;

test('a ticket whose every deadline came in time has no problem', () => {
  const report = checkDeadlines(Object.values(recorded()), definition, 100 * day);
  expect(report).toMatchObject({ problems: [], passed: 1, kept: 1 });
});

test.each<[string, (changes: Recorded) => RecordedChange[], string]>([
  [
    'a late step that was not marked',
    ({ marked: _, ...rest }) => Object.values(rest),
    'A: check was late and not marked',
  ],
  [
    'a step that was marked twice',
    ({ opened, marked, ...rest }) => [opened, marked, marked, ...Object.values(rest)],
    'A: check was marked 2 times',
  ],
  [
    'a step that was marked too late',
    ({ marked, ...rest }) => Object.values({ ...rest, marked: { ...marked, at: 2 * hour + 5_000 } }).sort(inOrder),
    'A: check was marked 5000 ms after its deadline',
  ],
  [
    'a step that was left in time and marked',
    ({ moved, ...rest }) => Object.values({ ...rest, moved, early: { ...rest.marked, at: 4 * hour } }).sort(inOrder),
    'A: mend was left in time and marked',
  ],
  [
    'a step that was marked and then left half a second before its deadline',
    ({ opened, marked, moved, ...rest }) => [
      opened,
      { ...marked, at: 2 * hour - 600 },
      { ...moved, at: 2 * hour - 500 },
      ...Object.values(rest),
    ],
    'A: check was left in time and marked',
  ],
  [
    'a mark after the end of all work',
    (all) => Object.values({ ...all, late: { ...all.marked, at: 9 * hour } }).sort(inOrder),
    'A: it was marked after it was resolved',
  ],
  [
    'a ticket that closed by itself too soon',
    ({ closed, ...rest }) => [...Object.values(rest), { ...closed, at: 79 * hour }],
    'A: it closed -3600000 ms after its 72 hours',
  ],
])('%s is found', (_, spoilt, problem) => {
  expect(problemsOf(spoilt(recorded()))).toContain(problem);
});

const inOrder = (one: RecordedChange, other: RecordedChange): number => one.at - other.at;
