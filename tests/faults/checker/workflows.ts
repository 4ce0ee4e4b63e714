import { type WorkflowExecutionInfo, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import { tsToMs } from '@temporalio/common';
import {
  reconcileWorkflowType,
  ticketNumberOf,
  ticketWorkflowId,
  ticketWorkflowType,
} from '../../../workflows/names.ts';
import { stateQuery } from '../../../workflows/ticket/messages.ts';
import type { TicketState } from '../../../workflows/ticket/rules/state.ts';
import { each } from '../../rig/each.ts';
import type { Arena } from '../arena/arena.ts';
import { eventually } from '../eventually.ts';
import type { Span } from '../workload/span.ts';
import type { TicketFact, WorkflowFact } from './facts.ts';

type Client = Pick<Arena, 'client' | 'forgotten' | 'badReleases'>;

/** Workflows as they were read last, each with its run and the length of its history. */
export type Known = Map<string, { at: string; workflow: WorkflowFact }>;

// While a task of the workflow is tried again, for one because its worker was killed, it cannot be asked.
const stateOf = async (handle: WorkflowHandle): Promise<TicketState> => {
  const states: TicketState[] = [];
  await eventually(`${handle.workflowId} answers its state`, async () => {
    states.push(await handle.query(stateQuery));
    return true;
  });
  const [state] = states;
  if (!state) throw new Error(`${handle.workflowId} has no state`);
  return state;
};

const isWithin = (spans: readonly Span[], at: number): boolean => spans.some(({ from, to }) => at >= from && at <= to);

const read = async ({ client, badReleases }: Client, number: string, known: Known): Promise<WorkflowFact> => {
  const handle = client.workflow.getHandle(ticketWorkflowId(number));
  const { status, raw, runId, historyLength } = await handle.describe();
  const attempts = Math.max(0, ...(raw.pendingActivities ?? []).map(({ attempt }) => attempt ?? 0));
  const [at, before] = [`${runId} ${historyLength} ${status.name}`, known.get(number)];
  if (before?.at === at) return { ...before.workflow, attempts };
  const { events } = await handle.fetchHistory();
  const failures = (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed, eventTime }) =>
    failed && !isWithin(badReleases, eventTime ? tsToMs(eventTime) : 0)
      ? [`${failed.cause}: ${failed.failure?.message ?? ''}`]
      : [],
  );
  const state = status.name === 'RUNNING' ? await stateOf(handle) : null;
  const workflow: WorkflowFact = { status: status.name, state, failures, attempts };
  known.set(number, { at, workflow });
  return workflow;
};

/** The workflows of these tickets; what has not moved since the last time is not read again. */
export const workflowsOf = async (
  arena: Client,
  tickets: readonly TicketFact[],
  known: Known,
): Promise<Map<string, WorkflowFact>> => {
  const workflows = new Map<string, WorkflowFact>();
  await each(tickets, 8, async ({ number }) => {
    try {
      workflows.set(number, await read(arena, number, known));
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      const status = arena.forgotten.has(number) ? 'FORGOTTEN' : 'MISSING';
      workflows.set(number, { status, state: null, failures: [], attempts: 0 });
    }
  });
  return workflows;
};

type Listed = Pick<WorkflowExecutionInfo, 'workflowId' | 'status'>;

const list = async ({ client }: Client, query: string): Promise<Listed[]> => {
  const found: Listed[] = [];
  for await (const info of client.workflow.list({ query, pageSize: 1_000 })) found.push(info);
  return found;
};

/** Workflows of tickets that are not there, and second workflows of tickets that are. */
export const strayWorkflows = async (arena: Client, tickets: readonly TicketFact[]): Promise<string[]> => {
  const numbers = new Set(tickets.map(({ number }) => number));
  const runs = await list(arena, `WorkflowType = '${ticketWorkflowType}'`);
  const alive = runs.filter(({ status }) => status.name === 'RUNNING' || status.name === 'COMPLETED');
  const unknown = alive.filter(
    ({ workflowId, status }) => status.name === 'RUNNING' && !numbers.has(ticketNumberOf(workflowId)),
  );
  const perId = Map.groupBy(alive, ({ workflowId }) => workflowId);
  const second = [...perId.values()].flatMap(([, ...others]) => others);
  return [...new Set([...unknown, ...second].map(({ workflowId }) => workflowId))];
};

/** Everything but tickets and the reconciler, which never ends, comes to its end when nothing is left to do. */
export const unfinishedWorkflows = async (arena: Client): Promise<string[]> => {
  const running = await list(
    arena,
    `ExecutionStatus = 'Running' and WorkflowType != '${ticketWorkflowType}' and WorkflowType != '${reconcileWorkflowType}'`,
  );
  return running.map(({ workflowId }) => workflowId);
};
