import { type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import type { Context } from '../../api/context.ts';

type Flows = Pick<Context, 'temporal' | 'orm'>;

/** Events in the history of each flow, those of handing out work left out: they come and go with the workers. */
export type Histories = Record<string, number>;

// The oldest flows are those that a test brings to their stage and then asks about.
const watched = 12;

const running = async (temporal: Context['temporal']): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { workflowId } of temporal.workflow.list({ query: `ExecutionStatus = 'Running'` }))
    ids.push(workflowId);
  return ids;
};

type HistoryEvent = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>[number];

const isOfTheFlow = (event: HistoryEvent): boolean =>
  !event.workflowTaskScheduledEventAttributes &&
  !event.workflowTaskStartedEventAttributes &&
  !event.workflowTaskCompletedEventAttributes;

const selectLiving = `
  select 'ticket:' || number as id from helpdesk.ticket
  where status not in ('closed', 'rejected', 'withdrawn') order by id limit ${watched}`;

const living = async (orm: Context['orm']): Promise<string[]> => {
  const rows = await orm.em.fork().execute<{ id: string }[]>(selectLiving);
  return rows.map(({ id }) => id);
};

/** Null where a ticket was put into the database without a flow. */
const ofFlow = async <Found>(ask: Promise<Found>): Promise<Found | null> => {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
};

/** How long the histories of the oldest living tickets are. */
export const historyOf = async ({ temporal, orm }: Flows): Promise<Histories> => {
  const ids = await living(orm);
  const histories = await Promise.all(ids.map((id) => ofFlow(temporal.workflow.getHandle(id).fetchHistory())));
  const counts = ids.map((id, index) => [id, (histories[index]?.events ?? []).filter(isOfTheFlow).length]);
  return Object.fromEntries(counts);
};

/** Whether no flow has work in hand. */
export const flowsAtRest = async ({ temporal, orm }: Flows): Promise<boolean> => {
  const ids = new Set([...(await running(temporal)), ...(await living(orm))]);
  const rests = [...ids].map(async (id) => {
    const found = await ofFlow(temporal.workflow.getHandle(id).describe());
    return !found?.raw.pendingWorkflowTask && (found?.raw.pendingActivities ?? []).length === 0;
  });
  return (await Promise.all(rests)).every(Boolean);
};
