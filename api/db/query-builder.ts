import { type RawBuilder, sql } from 'kysely';

// Lists, search and projection are written with the typed query builder that MikroORM brings. Each module has a function
// of its own for it, with the tables of its own schema and no others: `helpdesk(em)`, `tracking(em)` and so on.

/** A value for a `jsonb` column: by itself, `pg` would send an array as one of PostgreSQL's own. */
export const json = <Value>(value: Value): RawBuilder<Value> => sql<Value>`${JSON.stringify(value)}::jsonb`;

/** The text for a pattern of `like`, where `%`, `_` and `\` would mean something else. */
export const literally = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** How many rows there are: PostgreSQL counts in `bigint`, which `pg` would give as text. */
export const countAll = (): RawBuilder<number> => sql<number>`count(*)::int`;
