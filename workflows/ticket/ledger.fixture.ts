import { ApplicationFailure } from '@temporalio/common';
import type { RecordedChange } from '../../activities/ticket/recorded-change.ts';
import type { TicketActivities } from '../../activities/ticket/ticket.activities.ts';
import type { Pinned } from './rules/change.ts';
import { submitted, type TicketState } from './rules/state.ts';
import { pinned } from './ticket.fixture.ts';

/** What a test can read and set in the in-memory PostgreSQL. */
export interface Ledger {
  activities: TicketActivities;
  /** Active members of each role; the first one gets each step. */
  members: Record<string, number[]>;
  /** The published workflow that matches every ticket. */
  matching: Pinned | null;
  /** Called before each activity with its name. A test throws here to simulate a database that is down. */
  before: (activity: keyof TicketActivities) => void;
  /** Called after a change is written and before the workflow gets the result. */
  afterWriting: () => void;
  stateOf(number: string): TicketState;
  changesOf(number: string): RecordedChange[];
}

interface Row {
  state: TicketState;
  changes: RecordedChange[];
}

/** An in-memory PostgreSQL that keeps the promises of ticket.activities.ts: one change per version, returns the newest state. */
export const openLedger = (): Ledger => {
  const rows = new Map<string, Row>();
  const rowOf = (number: string): Row => rows.get(number) ?? { state: submitted, changes: [] };
  const membersOf = (role: string): number[] => ledger.members[role] ?? [];

  const withAssignee = (state: TicketState): TicketState => {
    const { phase } = state;
    if (phase.at !== 'step' || phase.assigneeId !== null) return state;
    return { ...state, phase: { ...phase, assigneeId: membersOf(phase.roleKey)[0] ?? null } };
  };

  const activities: TicketActivities = {
    recordChange: async (change) => {
      ledger.before('recordChange');
      const { state, changes } = rowOf(change.number);
      if (state.version >= change.state.version) return state;
      const next = withAssignee(change.state);
      rows.set(change.number, { state: next, changes: [...changes, change] });
      ledger.afterWriting();
      return next;
    },
    currentState: async (number) => {
      ledger.before('currentState');
      return rowOf(number).state;
    },
    findWorkflow: async () => {
      ledger.before('findWorkflow');
      return ledger.matching;
    },
    pinnedVersion: async (workflowVersionId) => {
      ledger.before('pinnedVersion');
      if (workflowVersionId === pinned.workflowVersionId) return pinned;
      throw ApplicationFailure.create({ type: 'not_allowed', message: `There is no version ${workflowVersionId}.` });
    },
    needsAssignee: async ({ role, assigneeId, barred }) => {
      ledger.before('needsAssignee');
      const members = membersOf(role).filter((id) => id !== barred);
      return assigneeId === null ? members.length > 0 : !members.includes(assigneeId);
    },
  };

  const ledger: Ledger = {
    activities,
    members: { admin: [2, 3], asset_manager: [4, 5], budget_manager: [6] },
    matching: pinned,
    before: () => undefined,
    afterWriting: () => undefined,
    stateOf: (number) => rowOf(number).state,
    changesOf: (number) => rowOf(number).changes,
  };
  return ledger;
};
