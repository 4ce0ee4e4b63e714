import { type Change, enterStep, nextVersion, type TicketEvent, whereTo } from '../change.ts';
import { defineCommand } from '../command.ts';
import { oneOf } from '../input.ts';
import { notInReview } from '../refusal.ts';
import type { TicketState } from '../state.ts';
import { departments, priorities, spoken } from '../words.ts';

/** A coordinator opens a new ticket. It goes to the workflow definition that matches best. */
export const open = defineCommand({
  kind: 'open',
  title: 'Open a new ticket: it goes to its workflow',
  at: 'helpdesk/tickets',
  input: {
    priority: oneOf(priorities, 'Choose a priority.'),
    department: oneOf(departments, 'Choose a department.'),
  },
  note: null,
  may: 'coordinator',
  pins: ({ department }) => ({ matching: department }),
  refusal: ({ state: { phase } }) => notInReview(phase),
  apply({ state, pinned }, { priority, department }, { now, changeId }): Change {
    const opened: TicketState = { ...nextVersion(state, changeId), status: 'open', priority, department };
    const event: TicketEvent = { kind: 'opened', priority, department };
    const requester = { to: 'requester', about: 'opened' } as const;
    if (pinned === null) {
      const events: TicketEvent[] = [event, { kind: 'unrouted' }];
      return { state: { ...opened, phase: { at: 'unrouted' } }, events, notify: [requester] };
    }
    const entered = enterStep(opened, pinned, pinned.definition.start, now);
    return {
      state: entered.state,
      events: [event, { kind: 'routed' }, ...entered.events],
      notify: [requester, ...entered.notify],
    };
  },
  summary: (change, { priority, department }) =>
    `Opened, ${priority}, for ${spoken(department)}: ${whereTo(change) ?? 'no workflow matches'}`,
});
