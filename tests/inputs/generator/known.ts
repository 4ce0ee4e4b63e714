import { testPassword } from '../../../api/auth/people.fixture.ts';
import type { Context } from '../../../api/context.ts';
import type { Random } from './random.ts';

export interface KnownTicket {
  number: string;
  version: number;
  status: string;
}

/** Real values for fields and parameters. */
export interface Known {
  tickets: KnownTicket[];
  emails: string[];
  userIds: number[];
  workflowVersionIds: number[];
  notificationIds: number[];
  /** The newest messages of people. */
  messageIds: number[];
  /** Of lists, as the API has returned them. */
  cursors: string[];
}

const transitions = ['submit', 'approve', 'reject', 'finalize'];
const ofEachStatus = 3;

const selectTickets = `
  select number, version, status from (
    select t.*, row_number() over (partition by status, category = 'general_request' order by id desc) as place
    from helpdesk.ticket t) ranked
  where place <= ${ofEachStatus} order by number`;

// Edited or taken back by their authors: two of each.
const newestMessages = async (em: ReturnType<Context['orm']['em']['fork']>): Promise<number[]> => {
  const rows = await em.execute<{ id: number }[]>(
    `select id from (select id, row_number() over (partition by author_id order by id desc) as place
     from messaging.message where taken_back_at is null) ranked where place <= 2`,
  );
  return rows.map(({ id }) => id);
};

/** What the database holds now; of the tickets, the newest of each status. */
export const readKnown = async ({ orm }: Context, cursors: string[]): Promise<Known> => {
  const em = orm.em.fork();
  const ids = async (from: string, column = 'id'): Promise<number[]> => {
    const rows = await em.execute<{ id: number }[]>(`select ${column} as id from ${from} order by 1 limit 5`);
    return rows.map(({ id }) => id);
  };
  const people = await em.execute<{ email: string }[]>(`select email from auth."user" order by id limit 5`);
  return {
    tickets: await em.execute<KnownTicket[]>(selectTickets),
    emails: people.map(({ email }) => email),
    userIds: await ids('auth."user"'),
    workflowVersionIds: await ids('tracking.workflow_version'),
    notificationIds: await ids('notification.notification'),
    messageIds: await newestMessages(em),
    cursors,
  };
};

/** A real value for a field or parameter of this name; null for a name that is not known here. */
export const valueNamed = (name: string, known: Known, ticket: KnownTicket | null, random: Random): unknown => {
  const one = (items: (string | number)[]): string | number | null => (items.length > 0 ? random.pick(items) : null);
  switch (name.toLowerCase()) {
    case 'number':
      return ticket?.number ?? 'TX20200101000000';
    case 'version':
      return ticket?.version ?? 0;
    case 'transition':
      return random.pick(transitions);
    case 'workflowversionid':
      return one(known.workflowVersionIds);
    case 'assignee':
      return one(known.userIds);
    case 'id':
      return one(known.messageIds);
    case 'ids':
      return random.chance(50) ? known.notificationIds : [];
    case 'email':
      return one(known.emails);
    case 'password':
      return testPassword;
    case 'cursor':
      return one(known.cursors);
    case 'role':
      return 'admin';
    case 'q':
      return random.pick(['laptop', 'lap', 'audit branch', '2026']);
    case 'idempotency-key':
      return `key-${random.below(2 ** 31)}-${random.below(2 ** 31)}`;
    default:
      return null;
  }
};
