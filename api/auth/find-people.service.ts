import { type SqlBool, sql } from 'kysely';
import { literally } from '../db/query-builder.ts';
import type { FindPeople } from '../db/search/find-people.ts';
import { auth } from './auth.tables.ts';
import { betweenNameAndAddress } from './search-words.ts';

/** One letter would name half of the staff. */
const shortest = 2;

/** See `FindPeople`. */
export const findPeople: FindPeople = async (em, sought, by) => {
  const rest = by === 'name' ? `${betweenNameAndAddress}%` : '';
  const patterns = sought.flatMap((spellings, place) =>
    spellings
      .filter((word) => word.length >= shortest)
      .map((word) => ({ place, pattern: `% ${literally(word)}%${rest}` })),
  );
  const people = sought.map((): number[] => []);
  if (patterns.length === 0) return people;
  const rows = await auth(em)
    .selectFrom(
      sql<{ place: number; pattern: string }>`unnest(${patterns.map(({ place }) => place)}::int[],
        ${patterns.map(({ pattern }) => pattern)}::text[])`.as<'p'>(sql`p(place, pattern)`),
    )
    .innerJoin('auth.user as u', (join) => join.on(sql<SqlBool>`u.search_words like p.pattern`))
    .select(['p.place', 'u.id'])
    .distinct()
    .execute();
  for (const { place, id } of rows) people[place]?.push(id);
  return people;
};
