import type { LivingTicket } from './living-ticket.ts';
import { closed } from './rules/lifecycle.ts';

/** A resolved ticket waits for the requester's word, and closes by itself when none comes. */
export const confirmation = async (workflow: LivingTicket): Promise<void> => {
  while (workflow.state.phase.at === 'resolved') {
    const wake = await workflow.next(workflow.state.phase.closesAt);
    if (wake.kind === 'time') {
      const change = closed(workflow.state, 'time', `closed:v${workflow.state.version + 1}`);
      await workflow.commit(change, null, 'Closed by itself');
    } else if (wake.kind === 'command') {
      const { command, changeId } = wake;
      await workflow.obey(command, async () => {
        if (command.kind === 'close')
          await workflow.carryOut(closed(workflow.state, 'requester', changeId), command, 'Closed by the requester');
      });
    }
  }
};
