import { WorkflowNotFoundError } from '@temporalio/client';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import type { Definition } from '../../../workflows/ticket/definition.ts';
import { stateQuery } from '../../../workflows/ticket/messages.ts';
import { each } from '../../rig/each.ts';
import type { Arena } from '../arena/arena.ts';
import { keyIn } from '../workload/forms.ts';
import type { Facts, FlowFact, LineFact, NoticeFact, TaskFact, TicketFact, VisitFact } from './facts.ts';

const queries = {
  tickets: `select number, requester_id as "requesterId", idempotency_key as key, description, status, version, flow as state
    from helpdesk.ticket order by id`,
  lines: `select ticket_number as number, version, ordinal, actor_id as "actorId", kind, data
    from helpdesk.timeline_line order by ticket_number, version, ordinal`,
  tasks: `select number, version, status, step_key as "stepKey", assignee_id as "assigneeId" from tracking.task`,
  visits: `select number, visit, step_key as "stepKey", left_at is not null as left from tracking.visit order by number, visit`,
  notices: `select n.user_id as "userId", n.event_key as "eventKey", n.kind, n.ticket as number, m.state as mail, m.message_id as "messageId"
    from notification.notice n left join notification.mail m on m.notice_id = n.id order by n.id`,
  definitions: `select id, definition from tracking.workflow_version`,
  waiting: `select workflow_id as id from outbox order by id`,
};

/** Flows that ended and were found in order are not read again. */
type Known = Map<string, { version: number; flow: FlowFact }>;

const flowOf = async ({ client }: Arena, number: string): Promise<FlowFact> => {
  const handle = client.workflow.getHandle(ticketWorkflowId(number));
  try {
    const { status, raw } = await handle.describe();
    const running = status.name === 'RUNNING';
    const { events } = await handle.fetchHistory();
    const failures = (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
      failed ? [`${failed.cause}: ${failed.failure?.message ?? ''}`] : [],
    );
    const attempts = Math.max(0, ...(raw.pendingActivities ?? []).map(({ attempt }) => attempt ?? 0));
    return { status: status.name, state: running ? await handle.query(stateQuery) : null, failures, attempts };
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return { status: 'MISSING', state: null, failures: [], attempts: 0 };
  }
};

const flowsOf = async (arena: Arena, tickets: readonly TicketFact[], known: Known): Promise<Map<string, FlowFact>> => {
  const flows = new Map<string, FlowFact>();
  await each(tickets, 8, async ({ number, version }) => {
    const before = known.get(number);
    const flow = before?.version === version ? before.flow : await flowOf(arena, number);
    known.set(number, { version, flow });
    flows.set(number, flow);
  });
  return flows;
};

/** Reads everything that the checker judges by. Call it when all is healed and drained. */
export const createGather = (arena: Arena): ((afresh?: boolean) => Promise<Facts>) => {
  const known: Known = new Map();
  const { database, journal, mail, servers } = arena;
  const rows = async <Row extends object>(query: string): Promise<Row[]> => (await database.query<Row>(query)).rows;
  return async (afresh = false) => {
    if (afresh) known.clear();
    const found = await rows<Omit<TicketFact, 'reference'> & { description: string }>(queries.tickets);
    const tickets = found.map(({ description, ...ticket }) => ({ ...ticket, reference: keyIn(description) }));
    const definitions = await rows<{ id: number; definition: Definition }>(queries.definitions);
    return {
      tickets,
      lines: await rows<LineFact>(queries.lines),
      tasks: await rows<TaskFact>(queries.tasks),
      visits: await rows<VisitFact>(queries.visits),
      notices: await rows<NoticeFact>(queries.notices),
      definitions: new Map(definitions.map(({ id, definition }) => [id, definition])),
      flows: await flowsOf(arena, tickets, known),
      copies: new Map(mail.copies()),
      workerKills: servers.supervisor.kills('worker'),
      waiting: (await rows<{ id: string }>(queries.waiting)).map(({ id }) => id),
      operations: journal.operations,
      breaches: journal.breaches,
    };
  };
};
