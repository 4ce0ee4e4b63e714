import type { EntityManager } from '@mikro-orm/postgresql';
import { helpdesk } from './helpdesk.tables.ts';

/** The subjects of these tickets, by number; unknown numbers are left out. */
export const ticketSubjects = async (em: EntityManager, numbers: Iterable<string>): Promise<Map<string, string>> => {
  const rows = await helpdesk(em)
    .selectFrom('helpdesk.ticket')
    .select(['number', 'subject'])
    .where('number', 'in', [...new Set(numbers)])
    .execute();
  return new Map(rows.map(({ number, subject }) => [number, subject]));
};
