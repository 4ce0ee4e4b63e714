import {
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionInfo,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { Context } from '../../api/context.ts';
import type { WorkflowStart } from '../../api/db/outbox/enqueue.ts';
import { withDeadline } from '../../api/temporal/client.ts';
import { endIfRunning, isOurs, startAgain, tokenOf } from '../../api/temporal/start-workflow.ts';
import { searchAttributes, ticketNumberOf, ticketWorkflowType } from '../../workflows/names.ts';
import { stateQuery } from '../../workflows/ticket/messages.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { stateFrom } from './state.schema.ts';
import { Unmendable } from './unmendable.ts';

/** What Temporal knows about a workflow without reading its history. */
export interface KnownWorkflow {
  workflowId: string;
  runId: string;
  status: WorkflowExecutionInfo['status']['name'];
  /** The token of the fact it was started for; null when it was started by hand. */
  token: string | null;
  /** When it ended; the current time while it runs. */
  closedAt: Date;
  /** For a ticket workflow, the version that it is at. */
  version: number | null;
}

const versionKey = defineSearchAttributeKey(searchAttributes.version, SearchAttributeType.KEYWORD);
const patience = 5_000;

// gRPC status code.
const unavailable = 14;

/** Whether Temporal as a whole is unreachable, not only this workflow. */
const isAway = (error: unknown): boolean =>
  error instanceof ServiceError && isGrpcServiceError(error.cause) && error.cause.code === unavailable;

const known = (info: Omit<WorkflowExecutionInfo, 'raw'>): KnownWorkflow => {
  const version = info.typedSearchAttributes.get(versionKey);
  return {
    workflowId: info.workflowId,
    runId: info.runId,
    status: info.status.name,
    token: tokenOf(info),
    closedAt: info.closeTime ?? new Date(),
    version: version === undefined ? null : Number(version),
  };
};

/** The reconciler's calls to Temporal. */
export const createWorkflows = ({ temporal }: Pick<Context, 'temporal'>) => {
  const list = async (query: string): Promise<KnownWorkflow[]> => {
    const workflows: KnownWorkflow[] = [];
    for await (const info of temporal.workflow.list({ query, pageSize: 1_000 })) workflows.push(known(info));
    return workflows;
  };

  const end = (workflow: KnownWorkflow, why: string): Promise<void> =>
    withDeadline(temporal, () => endIfRunning(temporal, workflow, why));

  return {
    /** The latest run with this id; null when Temporal has none. */
    async find(workflowId: string): Promise<KnownWorkflow | null> {
      try {
        return known(await withDeadline(temporal, () => temporal.workflow.getHandle(workflowId).describe()));
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },

    /** Running ticket workflows, by number. Temporal's list may lag behind `find`. */
    async runningTickets(from: string, before: string | null): Promise<Map<string, KnownWorkflow>> {
      const range = `${searchAttributes.ticketNumber} >= '${from}'${before === null ? '' : ` and ${searchAttributes.ticketNumber} < '${before}'`}`;
      const workflows = await list(
        `WorkflowType = '${ticketWorkflowType}' and ExecutionStatus = 'Running' and ${range}`,
      );
      return new Map(workflows.map((workflow) => [ticketNumberOf(workflow.workflowId), workflow]));
    },

    /** Which of these ids are running, according to Temporal's list. */
    async running(workflowIds: string[]): Promise<Map<string, KnownWorkflow>> {
      if (workflowIds.length === 0) return new Map();
      const workflows = await list(
        `ExecutionStatus = 'Running' and WorkflowId in (${workflowIds.map((id) => `'${id}'`).join(', ')})`,
      );
      return new Map(workflows.map((workflow) => [workflow.workflowId, workflow]));
    },

    /** Replaces this workflow by a new one. If it still runs, it is terminated first, with this reason. */
    async replace(workflow: KnownWorkflow | null, start: WorkflowStart, why: string): Promise<void> {
      if (workflow?.status === 'RUNNING') await end(workflow, why);
      try {
        await withDeadline(temporal, () => startAgain(temporal, start));
      } catch (error) {
        // Somebody else was faster. That is fine when theirs is for the same fact.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        if (!(await withDeadline(temporal, () => isOurs(temporal, start)))) throw error;
      }
    },

    end,

    /** The result of a completed workflow. */
    resultOf: (workflowId: string, runId: string): Promise<unknown> =>
      temporal.withDeadline(Date.now() + patience, () => temporal.workflow.getHandle(workflowId, runId).result()),

    /**
     * The state of a ticket workflow, also after its end for as long as Temporal keeps its history.
     * @throws Unmendable when the query fails or returns something unknown.
     */
    async stateOf({ workflowId, runId }: KnownWorkflow): Promise<TicketState> {
      const workflow = temporal.workflow.getHandle(workflowId, runId);
      const answer = await temporal
        .withDeadline(Date.now() + 2 * patience, () => workflow.query(stateQuery))
        .catch((error: unknown) => {
          if (isAway(error)) throw error;
          throw new Unmendable(`its workflow does not answer the query for its state: ${error}`);
        });
      const state = stateFrom(answer);
      if (!state) throw new Unmendable('its workflow returned a state that this release does not understand');
      return state;
    },
  };
};
export type Workflows = ReturnType<typeof createWorkflows>;
