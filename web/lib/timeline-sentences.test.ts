import { describe, expect, test } from 'vitest';
import type { TimelineEntry, TimelineEvent } from '../../api/helpdesk/ticket.schema.ts';
import { agentSentence, plainText, requesterSentence } from './timeline-sentences.ts';

const marta = { id: 1, name: 'Marta Lindqvist' };
const greta = { id: 2, name: 'Greta Nilsen' };
const jonas = { id: 3, name: 'Jonas Weber' };
const noon = new Date(2030, 0, 3, 12, 0).toISOString();

const entry = (event: TimelineEvent, actor: TimelineEntry['actor'] = null): TimelineEntry => ({
  id: 1,
  version: 1,
  at: '2026-11-23T09:12:00.000Z',
  actor,
  event,
});

type Done = Extract<TimelineEvent, { kind: 'step_done' }>;
const done = (rest: Partial<Done> & Pick<Done, 'step' | 'transition' | 'note'>): TimelineEntry =>
  entry({ kind: 'step_done', direction: 'forward', noteFor: 'staff', ...rest }, jonas);

const all: [entry: TimelineEntry, agent: string, requester: string | null][] = [
  [entry({ kind: 'submitted' }, marta), 'Marta Lindqvist sent the ticket', 'You sent this'],
  [
    entry({ kind: 'opened', priority: 'high', department: 'asset' }, greta),
    'Greta Nilsen opened the ticket for Assets with priority High',
    'Greta Nilsen read it and passed it to Assets with priority High',
  ],
  [
    entry({ kind: 'refused', reason: 'Ask the office manager.' }, greta),
    'Greta Nilsen rejected the ticket: “Ask the office manager.”',
    'Greta Nilsen did not take it on: “Ask the office manager.”',
  ],
  [
    entry({ kind: 'routed', workflow: 'Asset check-out', workflowVersion: 3 }),
    'It follows Asset check-out, version 3',
    null,
  ],
  [entry({ kind: 'unrouted' }), 'No workflow fits. An Admin of Ticket Tracking chooses one', null],
  [entry({ kind: 'step_entered', step: 'Triage', role: 'Admin', visit: 1 }), 'It came to Triage', null],
  [entry({ kind: 'step_entered', step: 'Triage', role: 'Admin', visit: 2 }), 'It came to Triage, visit 2', null],
  [
    entry({ kind: 'assigned', step: 'Resolve', role: 'Asset Manager', assignee: jonas }),
    'Assigned to Jonas Weber, Asset Manager',
    null,
  ],
  [
    entry({ kind: 'waiting_for_role', step: 'Resolve', role: 'Asset Manager', onlyRequester: false }),
    'Resolve waits for the first active Asset Manager',
    null,
  ],
  [
    entry({ kind: 'waiting_for_role', step: 'Resolve', role: 'Asset Manager', onlyRequester: true }),
    'Resolve waits: only the requester is Asset Manager',
    null,
  ],
  [
    done({ step: 'Finalize', transition: 'Finalize', note: 'It lies at the desk.', noteFor: 'requester' }),
    'Jonas Weber finished Finalize: “It lies at the desk.”',
    null,
  ],
  [done({ step: 'Triage', transition: 'Approve', note: '' }), 'Jonas Weber finished Triage with Approve', null],
  [
    done({ step: 'Triage', transition: 'Approve', note: 'In stock.' }),
    'Jonas Weber finished Triage with Approve: “In stock.”',
    null,
  ],
  [
    done({ step: 'Resolve', transition: 'Reject', direction: 'back', note: 'Which room?' }),
    'Jonas Weber sent it back from Resolve with Reject: “Which room?”',
    null,
  ],
  [entry({ kind: 'overdue', step: 'Resolve' }), 'Resolve is overdue', null],
  [
    entry({ kind: 'work_begun', department: 'asset' }),
    'The Assets team began to work on it',
    'The Assets team works on it',
  ],
  [
    entry({ kind: 'told', note: 'It lies at the desk.' }, jonas),
    'Jonas Weber wrote to the requester: “It lies at the desk.”',
    'Jonas Weber wrote: “It lies at the desk.”',
  ],
  [
    entry({ kind: 'resolved', closesAt: noon }),
    'Resolved. It closes by itself on Thursday 3 January 2030 at 12:00',
    'It is done. If you say nothing, it closes on Thursday 3 January 2030 at 12:00',
  ],
  [
    entry({ kind: 'withdrawn', reason: 'Found it.' }, marta),
    'Marta Lindqvist withdrew the ticket: “Found it.”',
    'You withdrew it: “Found it.”',
  ],
  [
    entry({ kind: 'closed', by: 'requester' }, marta),
    'Marta Lindqvist confirmed that it is done',
    'You said that it is done',
  ],
  [
    entry({ kind: 'closed', by: 'time' }),
    'Closed by itself: no answer came in time',
    'Closed by itself: no answer came in time',
  ],
  [
    entry({ kind: 'caught_up', from: 3, to: 5 }),
    'Versions 3 to 5 were lost with an older backup of the database. The ticket goes on as its workflow knows it',
    'Some of what happened here was lost. Your ticket goes on where it was',
  ],
  [
    entry({ kind: 'caught_up', from: 3, to: 3 }),
    'Version 3 was lost with an older backup of the database. The ticket goes on as its workflow knows it',
    'Some of what happened here was lost. Your ticket goes on where it was',
  ],
];

describe('the history of a ticket', () => {
  test.each(all)('$0.event.kind', (timelineEntry, agent, requester) => {
    expect(plainText(agentSentence(timelineEntry))).toBe(agent);
    const sentence = requesterSentence(timelineEntry, marta.id);
    expect(sentence && plainText(sentence)).toBe(requester);
  });

  test('shows the requester no step, role, transition or note of the agents', () => {
    const sentences = all.flatMap(([timelineEntry]) => requesterSentence(timelineEntry, marta.id) ?? []);
    expect(plainText(sentences)).not.toMatch(/Triage|Resolve\b|Asset Manager|Approve|Reject\b|In stock|Which room/);
  });
});
