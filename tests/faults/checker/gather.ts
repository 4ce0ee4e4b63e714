import { isDeepStrictEqual } from 'node:util';
import type { Definition } from '../../../workflows/ticket/rules/definition.ts';
import type { Arena } from '../arena/arena.ts';
import { keyIn } from '../workload/forms.ts';
import type { EntryFact, Facts, NotificationFact, TaskFact, TicketFact, VisitFact } from './facts.ts';
import { withLostEntries, withLostVisits } from './lost-facts.ts';
import { type Known, strayWorkflows, unfinishedWorkflows, workflowsOf } from './workflows.ts';

/** All notifications with their mails, as the checker reads them. */
export const notificationsQuery = `select n.user_id as "userId", n.event_key as "eventKey", n.kind, n.ticket as number, m.state as mail,
    m.message_id as "messageId", coalesce(first.message_id, m.message_id) as digest, array[n.title, n.body, n.link] as words
    from notification.notification n left join notification.mail m on m.notification_id = n.id
    left join notification.mail first on first.notification_id = m.digest order by n.id`;

/** All timeline entries. */
export const entriesQuery = `select ticket_number as number, version, ordinal, actor_id as "actorId", kind, data
  from helpdesk.timeline_entry order by ticket_number, version, ordinal`;

/** All visits to steps. */
export const visitsQuery = `select number, visit, step_key as "stepKey", assignee_id as "assigneeId", left_at is not null as left, outcome
  from tracking.visit order by number, visit`;

const queries = {
  tickets: `select number, requester_id as "requesterId", idempotency_key as key, description, status, version, workflow_state as state
    from helpdesk.ticket order by id`,
  entries: entriesQuery,
  tasks: `select number, version, status, step_key as "stepKey", assignee_id as "assigneeId" from tracking.task`,
  visits: visitsQuery,
  definitions: `select id, definition from tracking.workflow_version`,
  waiting: `select workflow_id as id from outbox order by id`,
};

// What moves while it is read does not agree with itself.
const movements = `select (select coalesce(sum(version), 0) from helpdesk.ticket)::text as versions,
  (select count(*) from helpdesk.ticket)::text as tickets, (select count(*) from outbox)::text as starts,
  (select count(*) from notification.mail where state in ('pending', 'sending'))::text as mails`;
const restWithinMs = 120_000;

/** Reads everything that the checker decides by. Call it when all is healed and drained. */
export const createGather = (arena: Arena): (() => Promise<Facts>) => {
  const known: Known = new Map();
  const { database, journal, mail, servers } = arena;
  const rows = async <Row extends object>(query: string): Promise<Row[]> => (await database.query<Row>(query)).rows;

  const read = async (): Promise<Facts> => {
    const found = await rows<Omit<TicketFact, 'reference'> & { description: string }>(queries.tickets);
    const tickets = found.map(({ description, ...ticket }) => ({ ...ticket, reference: keyIn(description) }));
    const definitions = await rows<{ id: number; definition: Definition }>(queries.definitions);
    return {
      tickets,
      entries: withLostEntries(await rows<EntryFact>(queries.entries), arena.lostEntries),
      tasks: await rows<TaskFact>(queries.tasks),
      visits: withLostVisits(await rows<VisitFact>(queries.visits), arena.lostVisits),
      notifications: [...(await rows<NotificationFact>(notificationsQuery)), ...arena.lostNotifications],
      definitions: new Map(definitions.map(({ id, definition }) => [id, definition])),
      workflows: await workflowsOf(arena, tickets, known),
      strayWorkflows: await strayWorkflows(arena, tickets),
      unfinished: await unfinishedWorkflows(arena),
      wipes: arena.wipes(),
      copies: new Map(mail.copies()),
      refusals: mail.refusals(),
      workerKills: servers.supervisor.kills('worker'),
      waiting: (await rows<{ id: string }>(queries.waiting)).map(({ id }) => id),
      operations: journal.operations,
      breaches: journal.breaches,
    };
  };

  return async () => {
    const end = Date.now() + restWithinMs;
    for (;;) {
      const [before] = await rows(movements);
      const facts = await read();
      const [after] = await rows(movements);
      if (isDeepStrictEqual(before, after) || Date.now() > end) return facts;
    }
  };
};
