import type { TicketFlow } from './flow.ts';
import { closed } from './lifecycle.ts';

/** A resolved ticket waits for the requester's word, and closes by itself when none comes. */
export const confirmation = async (flow: TicketFlow): Promise<void> => {
  while (flow.state.phase.at === 'resolved') {
    const wake = await flow.next(flow.state.phase.closesAt);
    if (wake.kind === 'time') {
      const change = closed(flow.state, 'time', `closed:v${flow.state.version + 1}`);
      await flow.commit(change, null, 'Closed by itself');
    } else if (wake.kind === 'command') {
      const { command, changeId } = wake;
      await flow.obey(command, async () => {
        if (command.kind === 'close')
          await flow.carryOut(closed(flow.state, 'requester', changeId), command, 'Closed by the requester');
      });
    }
  }
};
