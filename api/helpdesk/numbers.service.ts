import type { EntityManager } from '@mikro-orm/postgresql';

// A number is `TX`, the UTC day and six digits of a sequence, so that no two tickets ever meet on one. A restored backup
// sets the sequence back, though, and then it must be moved beyond the numbers that the workflows bear.

export const dayOf = (now: Date): string => now.toISOString().slice(0, 10).replaceAll('-', '');

const digits = 6;

/** Between which numbers those lie that are still to be drawn today. */
export const numbersToCome = async (em: EntityManager, now: Date): Promise<{ after: string; before: string }> => {
  const [row] = await em.execute<{ last: string }[]>(
    `select (case when is_called then last_value else last_value - 1 end)::text as last from helpdesk.ticket_digits`,
  );
  const day = `TX${dayOf(now)}`;
  const last = Number(row?.last ?? 0);
  return { after: last < 0 ? day : `${day}${String(last).padStart(digits, '0')}`, before: `${day}~` };
};

/** Sees to it that the next number comes after all of these, which are of today. */
export const moveBeyond = async (em: EntityManager, numbers: string[]): Promise<void> => {
  const highest = Math.max(...numbers.map((number) => Number(number.slice(-digits))));
  await em.execute(
    `select setval('helpdesk.ticket_digits', greatest(?::bigint, (select last_value from helpdesk.ticket_digits)))`,
    [highest],
  );
};
