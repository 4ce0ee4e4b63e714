import type { LivingTicket, Wake } from './living-ticket.ts';
import { findWorkflow, versionToRoute } from './projection.ts';
import { opened, refused, routed, withdrawn } from './rules/lifecycle.ts';

/** A new ticket waits for a coordinator, as long as it takes; the requester may withdraw it meanwhile. */
export const review = async (workflow: LivingTicket): Promise<void> => {
  while (workflow.state.phase.at === 'review') {
    const wake = await workflow.next();
    if (wake.kind === 'command') await obeyInReview(workflow, wake);
  }
};

type Sent = Extract<Wake, { kind: 'command' }>;

const obeyInReview = (workflow: LivingTicket, { command, changeId }: Sent): Promise<void> =>
  workflow.obey(command, async () => {
    if (command.kind === 'open') {
      const pinned = await findWorkflow(workflow.facts, command.department);
      workflow.pinned = pinned;
      const change = opened(workflow.state, command, pinned, changeId, Date.now());
      const where = pinned ? `to ${pinned.definition.start}` : 'no workflow matches';
      await workflow.carryOut(change, command, `Opened, ${command.priority}, for ${command.department}: ${where}`);
    } else if (command.kind === 'reject') {
      await workflow.carryOut(refused(workflow.state, changeId), command, 'Rejected by a coordinator');
    } else if (command.kind === 'withdraw') {
      await workflow.carryOut(withdrawn(workflow.state, changeId), command, 'Withdrawn by the requester');
    }
  });

/** An opened ticket that no definition matches waits on a list of its own until an admin chooses one. */
export const routing = async (workflow: LivingTicket): Promise<void> => {
  while (workflow.state.phase.at === 'unrouted') {
    const wake = await workflow.next();
    if (wake.kind === 'command') await obeyUnrouted(workflow, wake);
  }
};

const obeyUnrouted = (workflow: LivingTicket, { command, changeId }: Sent): Promise<void> =>
  workflow.obey(command, async () => {
    if (command.kind === 'route') {
      const pinned = await versionToRoute(command.workflowVersionId);
      workflow.pinned = pinned;
      await workflow.carryOut(
        routed(workflow.state, pinned, changeId, Date.now()),
        command,
        'Workflow chosen by an admin',
      );
    } else if (command.kind === 'withdraw') {
      await workflow.carryOut(withdrawn(workflow.state, changeId), command, 'Withdrawn by the requester');
    }
  });
