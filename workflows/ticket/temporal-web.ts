import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { searchAttributes } from '../names.ts';
import { stepOf } from './rules/definition.ts';
import type { Pinned } from './rules/lifecycle.ts';
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

type Shown = Record<keyof typeof keys, string | null>;

/** What the relay has set when it started the workflow of a new ticket. */
export const shownAtStart: Shown = {
  status: 'new',
  step: null,
  role: null,
  priority: null,
  system: 'hdts',
  version: '0',
};

/** Lets an admin find and read the ticket in Temporal Web: search attributes, and the state in words. */
export const showInTemporal = (facts: TicketFacts, state: TicketState, pinned: Pinned | null, shown: Shown): Shown => {
  const { phase } = state;
  const onStep = phase.at === 'step';
  const step = onStep && pinned ? stepOf(pinned.definition, phase.step).name : null;
  const now: Shown = {
    status: state.status,
    step,
    role: onStep ? phase.role : null,
    priority: state.priority,
    system: onStep || phase.at === 'unrouted' ? 'tts' : 'hdts',
    // By it the reconciler sees whether row and workflow agree, without asking the workflow.
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
    case 'step':
      return phase.assigneeId === null
        ? `Step ${step}: no active ${phase.role}. It waits for the first member of the role.`
        : `Step ${step} is with user ${phase.assigneeId} (${phase.role}), due ${when(phase.dueAt)}${phase.overdue ? ', overdue' : ''}.`;
    case 'resolved':
      return `It waits for the requester and closes by itself at ${when(phase.closesAt)}.`;
    case 'over':
      return 'Its life is over.';
  }
};
