import type { EntityManager } from '@mikro-orm/postgresql';
import { helpdesk } from './helpdesk.tables.ts';

/** The subjects of these tickets, by number; unknown numbers are left out. */
export const ticketSubjects = async (em: EntityManager, numbers: Iterable<string>): Promise<Map<string, string>> => {
  const wanted = [...new Set(numbers)];
  if (wanted.length === 0) return new Map();
  const rows = await helpdesk(em)
    .selectFrom('helpdesk.ticket')
    .select(['number', 'subject'])
    .where('number', 'in', wanted)
    .execute();
  return new Map(rows.map(({ number, subject }) => [number, subject]));
};
