import { type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import type { Context } from '../../api/context.ts';
import { ticketWorkflowType } from '../../workflows/names.ts';

type Workflows = Pick<Context, 'temporal' | 'orm'>;

/** How many events the history of each watched workflow has. */
export type Histories = Record<string, number>;

// The oldest tickets are those that a test prepares and then sends requests about. The newest may still have work to do.
const oldest = 8;
const newest = 24;

const select = (order: string, count: number): string => `(
  select 'ticket:' || number as id from helpdesk.ticket
  where status not in ('closed', 'rejected', 'withdrawn') order by ${order} limit ${count})`;

const selectOldest = select('id', oldest);
const selectWatched = `${selectOldest} union ${select('changed_at desc', newest)}`;

const ticketsIn = async (orm: Context['orm'], query: string): Promise<string[]> => {
  const rows = await orm.em.fork().execute<{ id: string }[]>(query);
  return rows.map(({ id }) => id);
};

const othersRunning = async ({ workflow }: Context['temporal']): Promise<string[]> => {
  const query = `ExecutionStatus = 'Running' and WorkflowType != '${ticketWorkflowType}'`;
  const ids: string[] = [];
  for await (const { workflowId } of workflow.list({ query })) ids.push(workflowId);
  return ids;
};

/** Null where a ticket was put into the database without a workflow. */
const ofWorkflow = async <Found>(ask: Promise<Found>): Promise<Found | null> => {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
};

export const historiesOf = async ({ temporal, orm }: Workflows): Promise<Histories> => {
  const ids = await ticketsIn(orm, selectOldest);
  const workflows = await Promise.all(ids.map((id) => ofWorkflow(temporal.workflow.getHandle(id).describe())));
  return Object.fromEntries(ids.map((id, index) => [id, workflows[index]?.historyLength ?? 0]));
};

type HistoryEvent = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>[number];

// Events about handing out work come and go with the workers; the workflow itself has done nothing.
const isOfTheWorkflow = (event: HistoryEvent): boolean =>
  !event.workflowTaskScheduledEventAttributes &&
  !event.workflowTaskStartedEventAttributes &&
  !event.workflowTaskCompletedEventAttributes &&
  !event.workflowTaskTimedOutEventAttributes;

/** How the histories have grown: one sentence for each workflow. */
export const newEvents = async ({ temporal }: Workflows, before: Histories, after: Histories): Promise<string[]> => {
  const longer = Object.keys(after).filter((id) => before[id] !== undefined && before[id] !== after[id]);
  const sentences = longer.map(async (id) => {
    const { events } = await temporal.workflow.getHandle(id).fetchHistory();
    const added = (events ?? []).slice(before[id]).filter(isOfTheWorkflow).length;
    return added > 0 ? [`the history of ${id} has ${added} new events`] : [];
  });
  return (await Promise.all(sentences)).flat();
};

/** Whether no workflow has work in hand. */
export const workflowsAtRest = async ({ temporal, orm }: Workflows): Promise<boolean> => {
  const ids = [...(await othersRunning(temporal)), ...(await ticketsIn(orm, selectWatched))];
  const rests = ids.map(async (id) => {
    const found = await ofWorkflow(temporal.workflow.getHandle(id).describe());
    return !found?.raw.pendingWorkflowTask && (found?.raw.pendingActivities ?? []).length === 0;
  });
  return (await Promise.all(rests)).every(Boolean);
};
