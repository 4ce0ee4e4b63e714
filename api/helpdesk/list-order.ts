import { z } from 'zod';
import { type Cursor, cursorInstant, decodeCursor } from '../http/paging.ts';
import type { TicketQuery } from './ticket.schema.ts';

/** The order of a list: by rank, then by this. Without a search all tickets have rank 0. */
export interface Order {
  property: 'submittedAt' | 'changedAt';
  direction: 'asc' | 'desc';
  /** Tickets with the words in number or subject come before those that have them in the description. */
  bestFirst: boolean;
}

export const orderOf = ({ sort, q }: TicketQuery): Order => ({
  property: sort?.endsWith('changed') ? 'changedAt' : 'submittedAt',
  direction: sort === 'submitted' || sort === 'changed' ? 'asc' : 'desc',
  bestFirst: q !== undefined && (sort === undefined || sort === 'best'),
});

/** The end of a page: rank, time and id of its last ticket. */
export interface Place {
  rank: number;
  at: Date;
  id: number;
}

const encodedPlace = z.tuple([
  z
    .string()
    .regex(/^[01] /)
    .transform((text) => ({ rank: Number(text.slice(0, 1)), at: text.slice(2) }))
    .pipe(z.object({ rank: z.int(), at: cursorInstant })),
  z.int32(),
]);

/** Null for the first page. @throws AppError `invalid_input` for a cursor of another list. */
export const placeOf = ({ cursor }: TicketQuery): Place | null => {
  if (cursor === undefined) return null;
  const [place, id] = decodeCursor(cursor, encodedPlace);
  return { ...place, id };
};

export const cursorAt = ({ rank, at, id }: Place): Cursor => [`${rank} ${at.toISOString()}`, id];
