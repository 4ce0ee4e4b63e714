import { z } from 'zod';
import type { Page } from './page.schema.ts';
import { AppError } from './problem.ts';

export const cursorSchema = z.tuple([
  z.union([z.string().max(200), z.number(), z.null()]),
  z.union([z.string().max(64), z.number()]),
]);

/** An instant in a cursor, as a date for the query. */
export const cursorInstant = z.iso.datetime().transform((text) => new Date(text));

/** Where a page ended: the sort value of its last row, and its id, because several rows may have the same value. */
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

/** Reads a cursor of this form. @throws AppError `invalid_input` for any other text. */
export const decodeCursor = <Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> => {
  const result = schema.safeParse(readJson(Buffer.from(text, 'base64url').toString()));
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

/** Makes a page of `limit` items. Give it one row more, if there is one: then it knows that there is a next page. */
export const page = <Row, Item>(rows: Row[], { limit, count, cursor, view }: PageParts<Row, Item>): Page<Item> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    next: rows.length > limit && last !== undefined ? encodeCursor(cursor(last)) : null,
    total: { count: Math.min(count, countLimit), more: count > countLimit },
  };
};
