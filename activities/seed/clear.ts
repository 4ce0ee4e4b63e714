import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Context } from '../../api/context.ts';
import { Ticket } from '../../api/helpdesk/ticket.entity.ts';
import { withDeadline } from '../../api/temporal/client.ts';
import {
  deliveryWorkflowType,
  reconcileWorkflowId,
  syncWorkflowTypes,
  ticketWorkflowId,
  ticketWorkflowType,
} from '../../workflows/names.ts';
import { finalStatuses } from '../../workflows/ticket/rules/words.ts';
import { explained } from './failures.ts';

const modules = ['auth', 'helpdesk', 'tracking', 'messaging', 'notification'];
const workflows = [ticketWorkflowType, deliveryWorkflowType, ...Object.values(syncWorkflowTypes)];
const running = `ExecutionStatus = 'Running' and WorkflowType in (${workflows.map((type) => `'${type}'`).join(', ')})`;

export const createClearSeeds = ({ orm, temporal, config }: Pick<Context, 'orm' | 'temporal' | 'config'>) => {
  const end = async (workflowId: string): Promise<void> => {
    heartbeat(workflowId);
    try {
      await withDeadline(temporal, () => temporal.workflow.getHandle(workflowId).terminate('Everything was cleared'));
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  };

  // Temporal's list of what runs lags behind a little; the tickets in PostgreSQL are certain.
  const endWorkflowsOfTickets = async (): Promise<void> => {
    const open = await orm.em.fork().find(Ticket, { status: { $nin: [...finalStatuses] } }, { fields: ['number'] });
    for (const { number } of open) await end(ticketWorkflowId(number));
  };

  const endWorkflowsThatRun = async (): Promise<void> => {
    for await (const { workflowId } of temporal.workflow.list({ query: running })) await end(workflowId);
  };

  // The numbering goes on: workflow ids are made of these numbers, and an id that has run is never started again.
  const emptyTables = async (): Promise<void> => {
    const em = orm.em.fork();
    const tables = await em.execute<{ name: string }[]>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in (${modules.map(() => '?').join(', ')}) or (schemaname = 'public' and tablename = 'outbox')`,
      modules,
    );
    await em.execute(`truncate ${tables.map((table) => table.name).join(', ')} continue identity`);
  };

  return {
    /** Ends first what could still act, then empties, then ends what came in between. */
    clearEverything: explained(async (): Promise<void> => {
      if (config.NODE_ENV === 'production')
        throw ApplicationFailure.nonRetryable(
          'A production installation is not cleared: NODE_ENV is production.',
          'refused',
        );
      // It would start the workflows again that are ended here.
      await end(reconcileWorkflowId);
      await endWorkflowsOfTickets();
      await endWorkflowsThatRun();
      await emptyTables();
      await endWorkflowsThatRun();
    }),
  };
};
