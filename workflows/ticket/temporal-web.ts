import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { patched, setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { searchAttributes } from '../names.ts';
import type { Pinned } from './rules/change.ts';
import { stepOf } from './rules/definition.ts';
import { readableRole } from './rules/role-key.ts';
import type { TicketFacts, TicketState } from './rules/state.ts';

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
const keys = {
  status: keyword(searchAttributes.status),
  step: keyword(searchAttributes.step),
  role: keyword(searchAttributes.role),
  priority: keyword(searchAttributes.priority),
  system: keyword(searchAttributes.system),
  version: keyword(searchAttributes.version),
};
const keyNames = ['status', 'step', 'role', 'priority', 'system', 'version'] as const;

/** The values of a workflow's search attributes. */
type Shown = Record<keyof typeof keys, string | null>;

/** The values that the relay sets when it starts the workflow of a new ticket. */
const shownAtStart: Shown = { status: 'new', step: null, role: null, priority: null, system: 'hdts', version: '0' };

/**
 * The search attributes when a run begins. A continued run inherits them. Releases before 2 assumed those of a new ticket
 * and set all of them again, which cost an event.
 */
export const shownAtFirst = (isResumed: boolean): Shown => {
  if (!isResumed || !patched('inherited-search-attributes')) return shownAtStart;
  const { typedSearchAttributes: inherited } = workflowInfo();
  return {
    status: inherited.get(keys.status) ?? null,
    step: inherited.get(keys.step) ?? null,
    role: inherited.get(keys.role) ?? null,
    priority: inherited.get(keys.priority) ?? null,
    system: inherited.get(keys.system) ?? null,
    version: inherited.get(keys.version) ?? null,
  };
};

/** Updates the search attributes and the text in Temporal Web, for admins. Returns the values shown now. */
export const showInTemporal = (facts: TicketFacts, state: TicketState, pinned: Pinned | null, shown: Shown): Shown => {
  const { phase } = state;
  const onStep = phase.at === 'step';
  const step = onStep && pinned ? stepOf(pinned.definition, phase.step).name : null;
  const now: Shown = {
    status: state.status,
    step,
    role: onStep ? readableRole(phase.roleKey) : null,
    priority: state.priority,
    system: onStep || phase.at === 'unrouted' ? 'tts' : 'hdts',
    // The reconciler compares it with the row, without querying the workflow.
    version: String(state.version),
  };
  const changed = keyNames.filter((name) => now[name] !== shown[name]);
  if (changed.length > 0) upsertSearchAttributes(changed.map((name) => ({ key: keys[name], value: now[name] })));
  setCurrentDetails(
    [
      `**${facts.number}** (${facts.category}) is **${state.status}**, version ${state.version}.`,
      sentence(state, step),
    ].join('\n\n'),
  );
  return now;
};

const when = (instant: number): string => new Date(instant).toISOString();

const sentence = ({ phase }: TicketState, step: string | null): string => {
  switch (phase.at) {
    case 'review':
      return 'It waits for a coordinator to open or reject it.';
    case 'unrouted':
      return 'No published workflow matches. It waits for an admin to choose one.';
    case 'step': {
      const role = readableRole(phase.roleKey);
      return phase.assigneeId === null
        ? `Step ${step}: no active ${role}. It waits for the first member of the role.`
        : `Step ${step} is with user ${phase.assigneeId} (${role}), due ${when(phase.dueAt)}${phase.overdue ? ', overdue' : ''}.`;
    }
    case 'resolved':
      return `It waits for the requester and closes by itself at ${when(phase.closesAt)}.`;
    case 'over':
      return 'It is over.';
  }
};
