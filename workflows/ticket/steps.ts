import type { TicketFlow, Wake } from './flow.ts';
import { acted, overdue, type Pinned, reassigned, taken, withdrawn } from './lifecycle.ts';
import { needsAssignee } from './projection.ts';
import type { Phase } from './state.ts';

/** The ticket goes from step to step until one leads out; each visit has its own assignee and its own deadline. */
export const work = async (flow: TicketFlow): Promise<void> => {
  while (flow.state.phase.at === 'step' && flow.pinned) {
    const { phase, pinned } = { phase: flow.state.phase, pinned: flow.pinned };
    const wake = await flow.next(phase.overdue ? null : phase.dueAt);
    if (wake.kind === 'time') await markOverdue(flow);
    else if (wake.kind === 'members') await findNewAssignee(flow);
    else await obey(flow, pinned, wake);
  }
};

const obey = (flow: TicketFlow, pinned: Pinned, { command, changeId }: Extract<Wake, { kind: 'command' }>) =>
  flow.obey(command, async () => {
    const { actorId } = command;
    if (command.kind === 'act') {
      const change = acted(flow.state, pinned, command.transition, changeId, Date.now());
      const summary = `${command.transition} by user ${actorId}: ${arrival(change.state.phase)}`;
      await flow.carryOut(change, command, summary);
    } else if (command.kind === 'take') {
      await flow.carryOut(taken(flow.state, actorId, changeId), command, `Taken over by user ${actorId}`);
    } else if (command.kind === 'withdraw') {
      await flow.carryOut(withdrawn(flow.state, changeId), command, 'Withdrawn by the requester');
    }
  });

const arrival = (phase: Phase): string => (phase.at === 'step' ? `to ${phase.step} (${phase.role})` : 'resolved');

const markOverdue = async (flow: TicketFlow): Promise<void> => {
  const change = overdue(flow.state, `overdue:v${flow.state.version + 1}`);
  await flow.commit(change, null, 'The time for this step is over');
};

/**
 * Somebody joined or left the role: a step without an assignee gets one, a step whose assignee has left another. When
 * the flow had lost its last step, the hint is about the one that stands: look again.
 */
const findNewAssignee = async (flow: TicketFlow): Promise<void> => {
  let isOurs = false;
  while (!isOurs && flow.state.phase.at === 'step') {
    const { role, assigneeId } = flow.state.phase;
    if (!(await needsAssignee(role, assigneeId))) return;
    const change = reassigned(flow.state, `members:v${flow.state.version + 1}`);
    isOurs = await flow.commit(change, null, `Look for another ${role}`);
  }
};
