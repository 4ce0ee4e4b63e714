import type { TicketFlow, Wake } from './flow.ts';
import { opened, refused, routed, withdrawn } from './lifecycle.ts';
import { findWorkflow, versionToRoute } from './projection.ts';

/** A new ticket waits for a coordinator, as long as it takes; the requester may withdraw it meanwhile. */
export const review = async (flow: TicketFlow): Promise<void> => {
  while (flow.state.phase.at === 'review') {
    const wake = await flow.next();
    if (wake.kind === 'command') await obeyInReview(flow, wake);
  }
};

type Sent = Extract<Wake, { kind: 'command' }>;

const obeyInReview = (flow: TicketFlow, { command, changeId }: Sent): Promise<void> =>
  flow.obey(command, async () => {
    if (command.kind === 'open') {
      const pinned = await findWorkflow(flow.facts, command.department);
      flow.pinned = pinned;
      const change = opened(flow.state, command, pinned, changeId, Date.now());
      const where = pinned ? `to ${pinned.definition.start}` : 'no workflow matches';
      await flow.carryOut(change, command, `Opened, ${command.priority}, for ${command.department}: ${where}`);
    } else if (command.kind === 'reject') {
      await flow.carryOut(refused(flow.state, changeId), command, 'Rejected by a coordinator');
    } else if (command.kind === 'withdraw') {
      await flow.carryOut(withdrawn(flow.state, changeId), command, 'Withdrawn by the requester');
    }
  });

/** An opened ticket that no definition matches waits on a list of its own until an admin chooses one. */
export const routing = async (flow: TicketFlow): Promise<void> => {
  while (flow.state.phase.at === 'unrouted') {
    const wake = await flow.next();
    if (wake.kind === 'command') await obeyUnrouted(flow, wake);
  }
};

const obeyUnrouted = (flow: TicketFlow, { command, changeId }: Sent): Promise<void> =>
  flow.obey(command, async () => {
    if (command.kind === 'route') {
      const pinned = await versionToRoute(command.workflowVersionId);
      flow.pinned = pinned;
      await flow.carryOut(routed(flow.state, pinned, changeId, Date.now()), command, 'Workflow chosen by an admin');
    } else if (command.kind === 'withdraw') {
      await flow.carryOut(withdrawn(flow.state, changeId), command, 'Withdrawn by the requester');
    }
  });
