import { z } from 'zod';
import type { Page } from './page.schema.ts';
import { AppError } from './problem.ts';

export const cursorSchema = z.tuple([
  z.union([z.string().max(200), z.number(), z.null()]),
  z.union([z.string().max(64), z.number()]),
]);

/** A moment in a cursor, as the query needs it. */
export const cursorInstant = z.iso.datetime().transform((text) => new Date(text));

/** Where a page ended: the sort value of its last row, and that row's id, for several rows can have the same value. */
export type Cursor = z.infer<typeof cursorSchema>;

export const encodeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badCursor(cause);
  }
};

const badCursor = (cause: unknown): AppError =>
  new AppError('invalid_input', 'The cursor is not one of ours. Start at the first page.', {
    errors: [{ path: 'cursor', message: 'Leave it out to start at the first page.' }],
    cause,
  });

/** Reads a cursor of the list that has this shape. @throws AppError `invalid_input` for any other text. */
export const decodeCursor = <Shape extends z.ZodType>(text: string, shape: Shape): z.infer<Shape> => {
  const result = shape.safeParse(readJson(Buffer.from(text, 'base64url').toString()));
  if (!result.success) throw badCursor(result.error);
  return result.data;
};

/** Lists count this far; count with `limit countLimit + 1`, so that a huge list stays cheap. */
export const countLimit = 1_000;

export interface PageParts<Row, Item> {
  limit: number;
  /** Rows found when counting, at most `countLimit + 1`. */
  count: number;
  cursor: (row: Row) => Cursor;
  view: (row: Row) => Item;
}

/** Makes the page of `limit` items; query one row more, so that it is known whether there is a next page. */
export const page = <Row, Item>(rows: Row[], { limit, count, cursor, view }: PageParts<Row, Item>): Page<Item> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    next: rows.length > limit && last !== undefined ? encodeCursor(cursor(last)) : null,
    total: { count: Math.min(count, countLimit), more: count > countLimit },
  };
};
