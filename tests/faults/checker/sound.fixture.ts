import type { Definition } from '../../../workflows/ticket/rules/definition.ts';
import { stateSchema, type TicketState } from '../../../workflows/ticket/rules/state.ts';
import type { Operation } from '../workload/journal.ts';
import type { EntryFact, NotificationFact, TaskFact, TicketFact, VisitFact, WorkflowFact } from './facts.ts';
import { copiesOf, together } from './mails.fixture.ts';

// A small world in which every promise is kept: one ticket that was sent back once and is closed, one that is late and
// was taken over, one that nobody has opened, and one that was withdrawn.

export const people = { requester: 1, coordinator: 2, admin: 3, manager: 4, colleague: 5 } as const;
const { requester, coordinator, admin, manager, colleague } = people;

const hour = 3_600_000;
const transition = (key: string, to: string | null, direction: 'forward' | 'back' = 'forward') => ({
  ...{ key, name: key.charAt(0).toUpperCase() + key.slice(1), to, direction },
});
const step = (name: string, role: string, transitions: Definition['steps'][number]['transitions']) => ({
  ...{ key: name.toLowerCase(), name, role, instruction: 'Do it.', weight: 1, transitions },
});

const definition: Definition = {
  start: 'triage',
  steps: [
    step('Triage', 'Admin', [transition('submit', 'resolve')]),
    step('Resolve', 'Manager', [transition('approve', null), transition('reject', 'triage', 'back')]),
  ],
  sla: { low: hour, medium: hour, high: hour, critical: hour },
};

type Event = [actorId: number | null, kind: string, data?: Record<string, unknown>];

const entriesOf = (number: string, versions: Event[][]): EntryFact[] =>
  versions.flatMap((events, version) =>
    events.map(([actorId, kind, data = {}], ordinal) => ({ number, version, ordinal, actorId, kind, data })),
  );

const enters = (by: number, name: string, assignee: number): Event[] => [
  [by, 'step_entered', { step: name }],
  [by, 'assigned', { step: name, assignee: { id: assignee, name: 'Somebody' } }],
];
const opens = (): Event[] => [
  [coordinator, 'opened'],
  [coordinator, 'routed'],
  ...enters(coordinator, 'Triage', admin),
];
const leaves = (by: number, name: string, transition: string, direction: 'forward' | 'back' = 'forward'): Event => [
  ...([by, 'step_done', { step: name, transition, direction }] as const),
];
const submits = (): Event[] => [[requester, 'submitted']];

const stateOf = (version: number, status: TicketState['status'], rest: Partial<TicketState> = {}): TicketState => ({
  ...{
    schema: stateSchema,
    version,
    changeId: `change-${version}`,
    status,
    priority: 'high',
    department: 'it',
    phase: { at: 'over' },
  },
  ...{ workflowVersionId: 7, visit: 1 },
  ...rest,
});

const ticketOf = (number: string, status: string, state: TicketState | null): TicketFact => ({
  ...{ number, requesterId: requester, key: `key-${number}`, reference: `key-${number}`, status, state },
  version: state?.version ?? 0,
});

const visitOf = (number: string, visit: number, stepKey: string, assigneeId: number, outcome: string | null) => ({
  ...{ number, visit, stepKey, assigneeId, outcome, left: outcome !== null },
});

const notificationOf = (userId: number, number: string, version: number, kind: string): NotificationFact => {
  const reader = userId === requester ? 'requester' : 'agent';
  const eventKey = `${number}:v${version}:${reader}`;
  const messageId = `<${eventKey}>`;
  const words = [`${number} is ${kind}`, `So it stands since version ${version}.`, `/${reader}/tickets/${number}`];
  return { userId, eventKey, kind, number, mail: 'sent', messageId, digest: messageId, words };
};

let clock = 0;
const operation = (by: number, rest: Partial<Operation>): Operation => {
  clock += 10;
  const times = { started: clock, ended: clock + 5 };
  const unset = { key: null, ticket: null, command: null, version: null };
  return { kind: 'command', by, ...unset, ...times, outcome: 'ok', status: 200, ...rest };
};
const submission = (ticket: string): Operation =>
  operation(requester, { kind: 'submit', key: `key-${ticket}`, ticket, status: 201 });

const lateStep: TicketState['phase'] = {
  ...{ at: 'step', step: 'resolve', roleKey: 'manager', assigneeId: colleague },
  ...{ onlyRequester: false, dueAt: hour, overdue: true },
};

const entries = (): EntryFact[] => [
  ...entriesOf('A', [
    submits(),
    opens(),
    [leaves(admin, 'Triage', 'Submit'), ...enters(admin, 'Resolve', manager)],
    [leaves(manager, 'Resolve', 'Reject', 'back'), ...enters(manager, 'Triage', admin)],
    [leaves(admin, 'Triage', 'Submit'), ...enters(admin, 'Resolve', manager)],
    [leaves(manager, 'Resolve', 'Approve'), [manager, 'resolved']],
    [[requester, 'closed', { by: 'requester' }]],
  ]),
  ...entriesOf('B', [
    submits(),
    opens(),
    [leaves(admin, 'Triage', 'Submit'), ...enters(admin, 'Resolve', manager)],
    [[null, 'overdue', { step: 'Resolve' }]],
    [[colleague, 'assigned', { step: 'Resolve', assignee: { id: colleague, name: 'Somebody' } }]],
  ]),
  ...entriesOf('C', [submits()]),
  ...entriesOf('D', [submits(), opens(), [[requester, 'withdrawn', { reason: 'No need.' }]]]),
];

const visits = (): VisitFact[] => [
  visitOf('A', 1, 'triage', admin, 'Submit'),
  visitOf('A', 2, 'resolve', manager, 'Reject'),
  visitOf('A', 3, 'triage', admin, 'Submit'),
  visitOf('A', 4, 'resolve', manager, 'Approve'),
  visitOf('B', 1, 'triage', admin, 'Submit'),
  visitOf('B', 2, 'resolve', colleague, null),
  { ...visitOf('D', 1, 'triage', admin, null), left: true },
];

const tasks = (): TaskFact[] => [
  { number: 'A', version: 6, status: 'closed', stepKey: null, assigneeId: null },
  { number: 'B', version: 4, status: 'in_progress', stepKey: 'resolve', assigneeId: colleague },
  { number: 'D', version: 2, status: 'withdrawn', stepKey: null, assigneeId: null },
];

const notifications = (): NotificationFact[] => [
  notificationOf(requester, 'A', 1, 'opened'),
  notificationOf(admin, 'A', 1, 'assigned'),
  notificationOf(requester, 'A', 2, 'in_progress'),
  notificationOf(manager, 'A', 2, 'assigned'),
  notificationOf(admin, 'A', 3, 'sent_back'),
  notificationOf(manager, 'A', 4, 'assigned'),
  ...together([notificationOf(requester, 'A', 5, 'resolved'), notificationOf(requester, 'A', 6, 'closed')]),
  notificationOf(requester, 'B', 1, 'opened'),
  notificationOf(admin, 'B', 1, 'assigned'),
  notificationOf(requester, 'B', 2, 'in_progress'),
  notificationOf(manager, 'B', 2, 'assigned'),
  notificationOf(manager, 'B', 3, 'overdue'),
  notificationOf(manager, 'B', 4, 'taken'),
  notificationOf(requester, 'D', 1, 'opened'),
  notificationOf(admin, 'D', 1, 'assigned'),
  notificationOf(admin, 'D', 2, 'withdrawn'),
];

const command = (by: number, ticket: string, name: string, version: number) =>
  operation(by, { ticket, command: name, version, key: `${name}-${ticket}-${version}` });

const operations = (): Operation[] => [
  submission('A'),
  submission('B'),
  // Its answer was lost, and the second try found it.
  operation(requester, { kind: 'submit', key: 'key-C', outcome: 'unknown', status: null }),
  submission('C'),
  submission('D'),
  command(coordinator, 'A', 'open', 1),
  command(admin, 'A', 'submit', 2),
  command(manager, 'A', 'reject', 3),
  command(admin, 'A', 'submit', 4),
  command(manager, 'A', 'approve', 5),
  command(requester, 'A', 'close', 6),
  // The same command once more, under the same key.
  command(requester, 'A', 'close', 6),
  command(coordinator, 'B', 'open', 1),
  command(admin, 'B', 'submit', 2),
  command(colleague, 'B', 'take', 4),
  command(coordinator, 'D', 'open', 1),
  // It was done, and its sender got no answer.
  operation(requester, { ticket: 'D', command: 'withdraw', outcome: 'unknown', status: null }),
  operation(requester, { kind: 'read', ticket: 'A' }),
  operation(requester, { kind: 'list', ticket: 'C', listed: ['D', 'C', 'B', 'A'] }),
];

const workflow = (status: string, state: TicketState | null = null): WorkflowFact => ({
  ...{ status, state, failures: [], attempts: 0 },
});

/** All facts of that world, anew for each who wants to spoil them. */
export const soundFacts = () => {
  const late = () => stateOf(4, 'in_progress', { phase: { ...lateStep }, visit: 2 });
  const all = notifications();
  return {
    tickets: [
      ticketOf('A', 'closed', stateOf(6, 'closed', { visit: 4 })),
      ticketOf('B', 'in_progress', late()),
      ticketOf('C', 'new', null),
      ticketOf('D', 'withdrawn', stateOf(2, 'withdrawn')),
    ],
    ...{ entries: entries(), tasks: tasks(), visits: visits(), notifications: all },
    definitions: new Map([[7, definition]]),
    workflows: new Map([
      ['A', workflow('COMPLETED')],
      ['B', workflow('RUNNING', late())],
      ['C', workflow('RUNNING')],
      ['D', workflow('COMPLETED')],
    ]),
    copies: copiesOf(all),
    strayWorkflows: [] as string[],
    unfinished: [] as string[],
    waiting: [] as string[],
    breaches: [] as string[],
    ...{ workerKills: 1, wipes: 0, refusals: 0 },
    operations: operations(),
  };
};
export type SpoilableFacts = ReturnType<typeof soundFacts>;
