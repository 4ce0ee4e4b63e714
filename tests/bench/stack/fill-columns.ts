/** A column from PostgreSQL's catalogue. */
export interface ColumnFact {
  name: string;
  type: string;
  generated: boolean;
  serial: boolean;
}

/** The tables with data of a ticket, each with the column of its number. */
export const copySources = [
  { table: 'helpdesk.ticket', key: 'number' },
  { table: 'helpdesk.timeline_entry', key: 'ticket_number' },
  { table: 'helpdesk.ticket_text', key: 'number' },
  { table: 'tracking.task', key: 'number' },
  { table: 'tracking.visit', key: 'number' },
  { table: 'messaging.note', key: 'ticket_number' },
  { table: 'notification.notification', key: 'ticket' },
] as const;

const requesterOr = (column: string): string =>
  `case when s.${column} = c.old_requester then c.requester_id else s.${column} end`;
const numberIn = (column: string): string => `replace(s.${column}, c.old, c.new)`;

/** Columns that are not plain copies of the exemplar; `c` is the plan of the copy, `s` the exemplar's row. */
const changed: Record<string, string> = {
  requester_id: 'c.requester_id',
  requester_name: 'c.requester_name',
  user_id: requesterOr('user_id'),
  actor_id: requesterOr('actor_id'),
  author_id: requesterOr('author_id'),
  actor_name: 'case when s.actor_id = c.old_requester then c.requester_name else s.actor_name end',
  idempotency_key: `'fill:' || c.n`,
  subject: 'c.subject',
  description: 'c.description',
  // Hyphens, quotes and accents are left out, as `searchTextOf` does it.
  head: `replace(lower(c.new || ' ' || c.subject), '-', '')`,
  words: `replace(lower(c.new || ' ' || c.subject || ' ' || c.description), '-', '')`,
  event_key: numberIn('event_key'),
  link: numberIn('link'),
  body: numberIn('body'),
};

const expressionOf = ({ name, type }: ColumnFact, key: string): string => {
  if (name === key) return 'c.new';
  const special = changed[name];
  if (special !== undefined) return special;
  return type === 'timestamp with time zone' ? `s.${name} + c.shift` : `s.${name}`;
};

/** The columns and expressions for inserting copies, without columns that PostgreSQL fills by itself. */
export const copyColumns = (columns: readonly ColumnFact[], key: string) => {
  const own = columns.filter(({ generated, serial }) => !generated && !serial);
  return {
    names: own.map(({ name }) => `"${name}"`),
    expressions: own.map((column) => expressionOf(column, key)),
  };
};
