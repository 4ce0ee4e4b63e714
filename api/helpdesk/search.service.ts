import type { EntityManager } from '@mikro-orm/postgresql';
import { type Expression, expressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import { type HelpdeskTables, helpdesk } from './helpdesk.tables.ts';

// Stands between subject and description. Texts hold no such character: `text.schema.ts` refuses it.
const separator = '\u001f';
const shortestWord = 4;

interface Written {
  number: string;
  subject: string;
  description: string;
}

/** What `helpdesk.ticket_text` keeps of a ticket. */
export const searchText = ({ number, subject, description }: Written): RawBuilder<string> =>
  sql<string>`lower(${`${number} ${subject}${separator}${description}`})`;

/** The words that `helpdesk.word` learns from it. They come in order: two tickets would wait for each other else. */
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

/** The words that people search for; each may be written in several ways. */
export type Sought = readonly (readonly string[])[];

export const soughtBy = (q: string): Sought => q.split(/\s+/).map((word) => [word]);

/** Tickets `t` and their texts `s`, as conditions name them. */
export interface Searched {
  t: HelpdeskTables['helpdesk.ticket'];
  s: HelpdeskTables['helpdesk.ticket_text'];
}

const eb = expressionBuilder<Searched, 't' | 's'>();

const literally = (word: string): string => word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
const anywhereIn = (word: string): RawBuilder<string> => sql`lower(${`%${literally(word)}%`})`;
const beforeSeparator = (word: string): RawBuilder<string> =>
  sql`lower(${`%${literally(word)}%`}) || ${separator}::text || '%'`;

/** Each of the words is there, in any of its spellings. */
const eachOf = (sought: Sought, text: Expression<string>, pattern: (word: string) => Expression<string>) =>
  eb.and(sought.map((spellings) => eb.or(spellings.map((word) => eb(text, 'like', pattern(word))))));

/** Each of the words is somewhere in the text. */
export const found = (sought: Sought): Expression<SqlBool> => eachOf(sought, eb.ref('s.words'), anywhereIn);

/** Tickets that were found in the same way: told by their text `s`, and by their own row `t`. */
export interface Rank {
  text: Expression<SqlBool>;
  row: Expression<SqlBool>;
}

// A subquery is to PostgreSQL as likely true as false. How often words come together it would guess, and where the guess
// is too low, it would leave the order of the page, in which it is soon done, and sort all that fits.
const unguessed = (condition: Expression<SqlBool>): Expression<SqlBool> => sql`(select ${condition})`;
const lookedUp = (text: Expression<SqlBool>): Expression<SqlBool> =>
  sql`(select ${text} from helpdesk.ticket_text s where s.number = t.number)`;

/** Those with all of the words in number or subject, then the others; or all of them alike. */
export const ranksOf = (sought: Sought, bestFirst: boolean): Rank[] => {
  const anywhere = found(sought);
  if (!bestFirst) return [{ text: anywhere, row: lookedUp(anywhere) }];
  const ahead = eachOf(sought, eb.ref('s.words'), beforeSeparator);
  const behind = eb.and([anywhere, eb.not(ahead)]);
  // Number and subject stand in the row itself: looking up its text takes three times as long.
  const aheadInRow = eachOf(sought, sql<string>`lower(t.number || ' ' || t.subject)`, anywhereIn);
  return [
    { text: ahead, row: unguessed(aheadInRow) },
    { text: behind, row: lookedUp(behind) },
  ];
};

// The share of three-letter pieces that two words have in common, less where their lengths differ: "workshp" is rather
// "workshop" (0.48) than "works" (0.39), and "porjector" is "projector" (0.43).
const likeness = sql<number>`similarity(w.word, lower(typed.word))
  * least(length(w.word), length(typed.word)) / greatest(length(w.word), length(typed.word))`;
const likeEnough = 0.4;
const spellingsAtMost = 2;

/**
 * The known words that come nearest to each word, for words that together are nowhere as they are written; null when none
 * comes near. What others have written must not show in what somebody finds: with a requester, known are the words of
 * this person's tickets alone.
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
  // One of several words may be right. A word alone is not: looking for it again would only cost.
  const asTyped = (typed: string): string[] => (words.length > 1 ? [typed] : []);
  return words.map((typed) => [
    ...asTyped(typed),
    ...rows.filter((row) => row.typed === typed).map(({ spelling }) => spelling),
  ]);
};
