import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { patched, setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { searchAttributes } from '../names.ts';
import type { Pinned } from './rules/change.ts';
import { stepOf } from './rules/definition.ts';
import { readableRole } from './rules/role-key.ts';
import type { TicketFacts, TicketState } from './rules/state.ts';
import { detailsOf } from './temporal-web-words.ts';

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
  setCurrentDetails(detailsOf(facts, state, pinned));
  return now;
};
