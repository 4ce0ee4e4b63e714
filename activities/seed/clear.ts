import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import { sql } from 'kysely';
import type { Context } from '../../api/context.ts';
import { Ticket } from '../../api/helpdesk/ticket.entity.ts';
import { withDeadline } from '../../api/temporal/client.ts';
import { endIfRunning } from '../../api/temporal/start-workflow.ts';
import {
  deliveryWorkflowType,
  reconcileWorkflowId,
  syncWorkflowTypes,
  ticketWorkflowId,
  ticketWorkflowType,
} from '../../workflows/names.ts';
import { finalStatuses } from '../../workflows/ticket/rules/words.ts';
import { explained } from './failures.ts';

const workflows = [ticketWorkflowType, deliveryWorkflowType, ...Object.values(syncWorkflowTypes)];
const running = `ExecutionStatus = 'Running' and WorkflowType in (${workflows.map((type) => `'${type}'`).join(', ')})`;

export const createClearSeeds = ({ orm, temporal, config }: Pick<Context, 'orm' | 'temporal' | 'config'>) => {
  const end = async (workflowId: string): Promise<void> => {
    heartbeat(workflowId);
    await withDeadline(temporal, () => endIfRunning(temporal, { workflowId }, 'Everything was cleared'));
  };

  // Temporal's list of running workflows lags a little, so we also go through the tickets in PostgreSQL.
  const endWorkflowsOfTickets = async (): Promise<void> => {
    const open = await orm.em.fork().find(Ticket, { status: { $nin: [...finalStatuses] } }, { fields: ['number'] });
    for (const { number } of open) await end(ticketWorkflowId(number));
  };

  const endWorkflowsThatRun = async (): Promise<void> => {
    for await (const { workflowId } of temporal.workflow.list({ query: running })) await end(workflowId);
  };

  // Ticket numbers are not reset: they are in workflow ids, and an id that has run is never started again. Plain SQL, because
  // neither the query builder nor the ORM has `truncate`.
  const emptyTables = async (): Promise<void> => {
    const tables = [...orm.getMetadata().getAll().values()].map(({ schema = 'public', tableName }) =>
      sql.table(`${schema}.${tableName}`),
    );
    await sql`truncate ${sql.join(tables)} continue identity`.execute(orm.em.fork().getKysely());
  };

  return {
    /** Ends all workflows, empties the tables, then ends workflows that started in between. */
    clearEverything: explained(async (): Promise<void> => {
      if (config.NODE_ENV === 'production')
        throw ApplicationFailure.nonRetryable(
          'A production installation is not cleared: NODE_ENV is production.',
          'refused',
        );
      // The reconciler would start the ended workflows again.
      await end(reconcileWorkflowId);
      await endWorkflowsOfTickets();
      await endWorkflowsThatRun();
      await emptyTables();
      await endWorkflowsThatRun();
    }),
  };
};
