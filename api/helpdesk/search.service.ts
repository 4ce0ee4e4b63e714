import type { EntityManager } from '@mikro-orm/postgresql';
import { type Expression, expressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import { literally } from '../db/query-builder.ts';
import { type HelpdeskTables, helpdesk } from './helpdesk.tables.ts';

// Separates subject and description. `text.schema.ts` refuses this character in texts.
const separator = '\u001f';
const shortestWord = 4;

interface Written {
  number: string;
  subject: string;
  description: string;
}

/** The search text of a ticket, for `helpdesk.ticket_text`. */
export const searchText = ({ number, subject, description }: Written): RawBuilder<string> =>
  sql<string>`lower(${`${number} ${subject}${separator}${description}`})`;

/** The words of a ticket, for `helpdesk.word`. They are sorted so that two submissions cannot deadlock. */
export const wordsOfText = ({ subject, description }: Written) =>
  expressionBuilder<Record<never, never>>()
    .selectFrom(
      sql<{
        word: string;
      }>`regexp_split_to_table(lower(${`${subject} ${description}`}), '[^[:alpha:]]+')`.as<'split'>(sql`split(word)`),
    )
    .where(sql<number>`length(word)`, '>=', sql.lit(shortestWord))
    .select('word')
    .distinct()
    .orderBy('word');

/** The search words, each with its possible spellings. */
export type Sought = readonly (readonly string[])[];

export const soughtBy = (q: string): Sought => q.split(/\s+/).map((word) => [word]);

/** The aliases in conditions: tickets `t` and their texts `s`. */
export interface Searched {
  t: HelpdeskTables['helpdesk.ticket'];
  s: HelpdeskTables['helpdesk.ticket_text'];
}

const eb = expressionBuilder<Searched, 't' | 's'>();

const anywhereIn = (word: string): RawBuilder<string> => sql`lower(${`%${literally(word)}%`})`;
const beforeSeparator = (word: string): RawBuilder<string> =>
  sql`lower(${`%${literally(word)}%`}) || ${separator}::text || '%'`;

/** True when each word is there, in any of its spellings. */
const eachOf = (sought: Sought, text: Expression<string>, pattern: (word: string) => Expression<string>) =>
  eb.and(sought.map((spellings) => eb.or(spellings.map((word) => eb(text, 'like', pattern(word))))));

/** True when each word is somewhere in the text. */
export const found = (sought: Sought): Expression<SqlBool> => eachOf(sought, eb.ref('s.words'), anywhereIn);

/** Tickets that match equally well: the condition on their text `s`, and the same on their row `t`. */
export interface Rank {
  text: Expression<SqlBool>;
  row: Expression<SqlBool>;
}

// PostgreSQL takes a subquery to be true half of the time. Without it, PostgreSQL would estimate how often the words occur
// together; when the estimate is too low, it sorts all matches instead of scanning in page order, which is faster.
const unguessed = (condition: Expression<SqlBool>): Expression<SqlBool> => sql`(select ${condition})`;
const lookedUp = (text: Expression<SqlBool>): Expression<SqlBool> =>
  sql`(select ${text} from helpdesk.ticket_text s where s.number = t.number)`;

/** Two ranks (all words in number or subject, then the rest), or one for all. */
export const ranksOf = (sought: Sought, bestFirst: boolean): Rank[] => {
  const anywhere = found(sought);
  if (!bestFirst) return [{ text: anywhere, row: lookedUp(anywhere) }];
  const ahead = eachOf(sought, eb.ref('s.words'), beforeSeparator);
  const behind = eb.and([anywhere, eb.not(ahead)]);
  // Number and subject are in the row itself; looking up the text would take three times as long.
  const aheadInRow = eachOf(sought, sql<string>`lower(t.number || ' ' || t.subject)`, anywhereIn);
  return [
    { text: ahead, row: unguessed(aheadInRow) },
    { text: behind, row: lookedUp(behind) },
  ];
};

// The share of trigrams that two words have in common, reduced when their lengths differ. So "workshp" is closer to
// "workshop" (0.48) than to "works" (0.39), and "porjector" matches "projector" (0.43).
const likeness = sql<number>`similarity(w.word, lower(typed.word))
  * least(length(w.word), length(typed.word)) / greatest(length(w.word), length(typed.word))`;
const likeEnough = 0.4;
const spellingsAtMost = 2;

/**
 * The most similar known words for each search word; null when there are none. For searches that match nothing as typed.
 * Requesters only get words of their own tickets: a search must not reveal what others have written.
 */
export const respelt = async (
  em: EntityManager,
  sought: Sought,
  requesterId: number | null,
): Promise<Sought | null> => {
  const words = sought.flat();
  const rows = await helpdesk(em)
    .selectFrom(sql<{ word: string }>`unnest(${words}::text[])`.as<'typed'>(sql`typed(word)`))
    .innerJoinLateral(
      ({ selectFrom }) =>
        selectFrom('helpdesk.word as w')
          .where(sql<SqlBool>`w.word % lower(typed.word)`)
          .where(likeness, '>=', sql.lit(likeEnough))
          .$if(requesterId !== null, (near) =>
            near.where(({ exists, selectFrom: select }) =>
              exists(
                select('helpdesk.ticket as o')
                  .innerJoin('helpdesk.ticket_text as s', 's.number', 'o.number')
                  .where('o.requester_id', '=', requesterId)
                  .where(sql<SqlBool>`s.words like '%' || w.word || '%'`)
                  .select(sql.lit(1).as('one')),
              ),
            ),
          )
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
  const asTyped = (typed: string): string[] => (words.length > 1 ? [typed] : []);
  return words.map((typed) => [
    ...asTyped(typed),
    ...rows.filter((row) => row.typed === typed).map(({ spelling }) => spelling),
  ]);
};
