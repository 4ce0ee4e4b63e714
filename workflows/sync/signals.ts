import { ApplicationFailure, getExternalWorkflowHandle, log } from '@temporalio/workflow';
import { ticketWorkflowId } from '../names.ts';
import { membersChanged } from '../ticket/messages.ts';

// A workflow that has ended meanwhile needs no signal.
const isGone = (error: unknown): boolean =>
  error instanceof ApplicationFailure && error.type === 'ExternalWorkflowExecutionNotFound';

/**
 * Signals the workflows of these tickets to check their assignee again. Since migration 0018 the activity does this, page by
 * page, and returns no tickets. This code stays for histories recorded before.
 */
export const tellTickets = async (numbers: string[]): Promise<void> => {
  await Promise.all(
    numbers.map(async (number) => {
      try {
        await getExternalWorkflowHandle(ticketWorkflowId(number)).signal(membersChanged);
      } catch (error) {
        if (!isGone(error)) throw error;
        log.info('ticket needs no signal, its workflow has ended', { number });
      }
    }),
  );
};
