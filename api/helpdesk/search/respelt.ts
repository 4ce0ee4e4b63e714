import type { EntityManager } from '@mikro-orm/postgresql';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Wanted } from '../../db/search/ticket-search.ts';
import { helpdesk } from '../helpdesk.tables.ts';
import { shortestWord } from './search-text.ts';

// The share of trigrams that two words have in common, reduced when their lengths differ. So "workshp" is closer to
// "workshop" (0.48) than to "works" (0.39), and "porjector" matches "projector" (0.43).
const likeness = sql<number>`similarity(w.word, typed.word)
  * least(length(w.word), length(typed.word)) / greatest(length(w.word), length(typed.word))`;
const likeEnough = 0.4;
const spellingsAtMost = 2;

/** True when a ticket of the list has the word `w`. */
const inList = (list: Expression<{ number: string }>) =>
  sql<SqlBool>`exists (select from helpdesk.ticket_text s where s.words like '%' || w.word || '%' and s.number in ${list})`;

/** See `TicketSearch`. */
export const respelt = async (
  em: EntityManager,
  { sought, people }: Wanted,
  within: Expression<{ number: string }> | null,
): Promise<Wanted | null> => {
  const words = sought.flat();
  const rows = await helpdesk(em)
    .selectFrom(sql<{ word: string }>`unnest(${words}::text[])`.as<'typed'>(sql`typed(word)`))
    .innerJoinLateral(
      ({ selectFrom }) =>
        selectFrom('helpdesk.word as w')
          .where(sql<SqlBool>`w.word % typed.word`)
          .where(likeness, '>=', sql.lit(likeEnough))
          .$if(within !== null, (near) => (within ? near.where(inList(within)) : near))
          .select('w.word as spelling')
          .orderBy(likeness, 'desc')
          .orderBy('w.word')
          .limit(spellingsAtMost)
          .as('near'),
      (join) => join.onTrue(),
    )
    .where(sql<number>`length(typed.word)`, '>=', sql.lit(shortestWord))
    .select(['typed.word as typed', 'near.spelling'])
    .execute();
  if (rows.length === 0) return null;
  // Of several words one may be right as typed. A single word is not, it has just matched nothing.
  const asTyped = (spellings: readonly string[]): readonly string[] => (sought.length > 1 ? spellings : []);
  const meant = sought.map((spellings) => [
    ...asTyped(spellings),
    ...rows.filter(({ typed }) => spellings.includes(typed)).map(({ spelling }) => spelling),
  ]);
  return { sought: meant, people };
};
