import { ApplicationFailure, getExternalWorkflowHandle, log } from '@temporalio/workflow';
import { ticketWorkflowId } from '../names.ts';
import { membersChanged } from '../ticket/messages.ts';

// A workflow that ended meanwhile needs no hint any more.
const isGone = (error: unknown): boolean =>
  error instanceof ApplicationFailure && error.type === 'ExternalWorkflowExecutionNotFound';

/**
 * Tells the workflows of these tickets to look again whether their step is in good hands. Since release 0018 of the database
 * the activity does it by itself, page by page, and names none here: this goes on with the histories that were written before.
 */
export const tellTickets = async (numbers: string[]): Promise<void> => {
  await Promise.all(
    numbers.map(async (number) => {
      try {
        await getExternalWorkflowHandle(ticketWorkflowId(number)).signal(membersChanged);
      } catch (error) {
        if (!isGone(error)) throw error;
        log.info('ticket needs no hint, its workflow has ended', { number });
      }
    }),
  );
};
