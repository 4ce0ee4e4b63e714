import { z } from 'zod';
import type { Bench } from '../bench.ts';

const answer = z.object({ number: z.string() });

export const numberOf = (text: string): string => answer.parse(JSON.parse(text)).number;

/**
 * Remembers the current tickets. The returned function deletes all later ones and their outbox rows, so that a cell of
 * submissions does not change the number of tickets. Workflows that have started stay.
 */
export const removeLater = async ({ database }: Bench): Promise<() => Promise<void>> => {
  const lastOf = async (table: string): Promise<number> => {
    const { rows } = await database.query<{ last: number }>(`select coalesce(max(id), 0)::int as last from ${table}`);
    return rows[0]?.last ?? 0;
  };
  const tables = ['helpdesk.ticket', 'helpdesk.timeline_entry'];
  const marks = await Promise.all(tables.map(async (table) => [table, await lastOf(table)] as const));
  return async () => {
    await database.query('delete from outbox');
    await database.query(
      `delete from helpdesk.ticket_text where number in (select number from helpdesk.ticket where id > ${marks[0]?.[1]})`,
    );
    for (const [table, last] of marks) await database.query(`delete from ${table} where id > ${last}`);
    await database.query(`vacuum outbox, helpdesk.ticket_text, ${tables.join(', ')}`);
  };
};
