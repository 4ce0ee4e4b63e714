import type { LivingTicket, Wake } from './living-ticket.ts';
import { needsAssignee } from './projection.ts';
import { acted, overdue, type Pinned, reassigned, taken, withdrawn } from './rules/lifecycle.ts';
import type { Phase } from './rules/state.ts';

/** The ticket goes from step to step until one leads out; each visit has its own assignee and its own deadline. */
export const work = async (workflow: LivingTicket): Promise<void> => {
  while (workflow.state.phase.at === 'step' && workflow.pinned) {
    const { phase, pinned } = { phase: workflow.state.phase, pinned: workflow.pinned };
    const wake = await workflow.next(phase.overdue ? null : phase.dueAt);
    if (wake.kind === 'time') await markOverdue(workflow);
    else if (wake.kind === 'members') await findNewAssignee(workflow);
    else await obey(workflow, pinned, wake);
  }
};

const obey = (workflow: LivingTicket, pinned: Pinned, { command, changeId }: Extract<Wake, { kind: 'command' }>) =>
  workflow.obey(command, async () => {
    const { actorId } = command;
    if (command.kind === 'act') {
      const change = acted(workflow.state, pinned, command.transition, changeId, Date.now());
      const summary = `${command.transition} by user ${actorId}: ${arrival(change.state.phase)}`;
      await workflow.carryOut(change, command, summary);
    } else if (command.kind === 'take') {
      await workflow.carryOut(taken(workflow.state, actorId, changeId), command, `Taken over by user ${actorId}`);
    } else if (command.kind === 'withdraw') {
      await workflow.carryOut(withdrawn(workflow.state, changeId), command, 'Withdrawn by the requester');
    }
  });

const arrival = (phase: Phase): string => (phase.at === 'step' ? `to ${phase.step} (${phase.role})` : 'resolved');

const markOverdue = async (workflow: LivingTicket): Promise<void> => {
  const change = overdue(workflow.state, `overdue:v${workflow.state.version + 1}`);
  await workflow.commit(change, null, 'The time for this step is over');
};

/**
 * Somebody joined or left the role: a step without an assignee gets one, a step whose assignee has left another. When
 * the workflow had lost its last step, the hint is about the one that stands: look again.
 */
const findNewAssignee = async (workflow: LivingTicket): Promise<void> => {
  let isOurs = false;
  while (!isOurs && workflow.state.phase.at === 'step') {
    const { role, assigneeId } = workflow.state.phase;
    if (!(await needsAssignee(role, assigneeId))) return;
    const change = reassigned(workflow.state, `members:v${workflow.state.version + 1}`);
    isOurs = await workflow.commit(change, null, `Look for another ${role}`);
  }
};
