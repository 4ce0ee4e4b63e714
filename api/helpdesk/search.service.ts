import type { EntityManager } from '@mikro-orm/postgresql';
import { expressionBuilder, type RawBuilder, sql } from 'kysely';
import { type Condition, every, type Selected, selectParts, some, when } from '../db/page.ts';
import { countLimit } from '../http/paging.ts';

// Stands between subject and description. Texts hold no such character: `text.schema.ts` refuses it.
const separator = 'chr(31)';
const shortestWord = 4;

interface TicketText {
  number: string;
  subject: string;
  description: string;
}

/** What `helpdesk.ticket_text` keeps of a ticket. */
export const searchText = ({ number, subject, description }: TicketText): RawBuilder<string> =>
  sql<string>`lower(${`${number} ${subject}\u001f${description}`})`;

/** The words that `helpdesk.word` learns from it. They come in order: two tickets would wait for each other else. */
export const wordsOfText = ({ subject, description }: TicketText) =>
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

const literally = (word: string): string => word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** Each of the words is there, in any of its spellings. */
const eachOf = (sought: Sought, holds: (pattern: string) => Condition): Condition =>
  every(sought.map((spellings) => some(spellings.map((word) => holds(`%${literally(word)}%`)))));

/** Each of the words is somewhere in `s`, which is `helpdesk.ticket_text`. */
export const found = (sought: Sought): Condition => eachOf(sought, (pattern) => when('s.words like lower(?)', pattern));

/** Tickets that were found in the same way: told by their text `s`, and by their own row `t`. */
export interface Rank {
  text: Condition;
  row: Condition;
}

// A subquery is to PostgreSQL as likely true as false. How often words come together it would guess, and where the guess
// is too low, it would leave the order of the page, in which it is soon done, and sort all that fits.
const unguessed = (condition: Condition, from = ''): Condition =>
  when(`(select ${condition.sql}${from})`, ...condition.values);
const lookedUp = (text: Condition): Condition =>
  unguessed(text, ' from helpdesk.ticket_text s where s.number = t.number');

/** Those with all of the words in number or subject, then the others; or all of them alike. */
export const ranksOf = (sought: Sought, bestFirst: boolean): Rank[] => {
  const anywhere = found(sought);
  if (!bestFirst) return [{ text: anywhere, row: lookedUp(anywhere) }];
  const ahead = eachOf(sought, (pattern) => when(`s.words like lower(?) || ${separator} || '%'`, pattern));
  const behind = every([anywhere, when(`not (${ahead.sql})`, ...ahead.values)]);
  // Number and subject stand in the row itself: looking up its text takes three times as long.
  const aheadInRow = eachOf(sought, (pattern) => when(`lower(t.number || ' ' || t.subject) like lower(?)`, pattern));
  return [
    { text: ahead, row: unguessed(aheadInRow) },
    { text: behind, row: lookedUp(behind) },
  ];
};

export interface FindQuery {
  /** What is shown of `helpdesk.ticket t`. */
  columns: string;
  /** Better ranks come first; each with what lies behind the cursor. */
  ranks: readonly (Rank & { beyond: Condition })[];
  order: string;
  limit: number;
}

// To sort all that fits costs the more, the more it is; to look until a page is full, the less. Among 100,000 tickets they
// meet at some 1,300 that fit; where they meet grows with the root of all tickets.
const few = when(
  `select greatest(${countLimit}, 4 * sqrt(greatest(reltuples, 0)))::int as number
   from pg_class where oid = 'helpdesk.ticket'::regclass`,
);

/**
 * A page of what is found among all tickets. Which way is short depends on how many fit, and PostgreSQL's guesses are off
 * by ten times and more. Hence each rank is first looked for in the texts, as far as it is `few`, which makes the total,
 * too. A rank that ends before is then known as a whole and only needs sorting. Of a larger one a page is soon full: its
 * tickets are looked at one by one, in the order of the page.
 */
export const selectFound = (em: EntityManager, { columns, ranks, order, limit }: FindQuery): Promise<Selected> => {
  const texts = ranks.map(({ text }, rank) => ({
    name: `found_${rank}`,
    ...when(
      `select s.number from helpdesk.ticket_text s where ${text.sql} limit (select number + 1 from few)`,
      ...text.values,
    ),
  }));
  const parts = ranks.flatMap(({ row, beyond }, rank) => {
    const rowsWhere = (condition: Condition): Condition => {
      const fits = every([condition, beyond]);
      const rows = `select ${columns}, ${rank} as rank from helpdesk.ticket t where ${fits.sql}`;
      return when(`${rows} order by ${order} limit ${limit}`, ...fits.values);
    };
    const isFew = `(select count(*) from found_${rank}) <= (select number from few)`;
    return [
      rowsWhere(when(`${isFew} and t.number in (select number from found_${rank})`)),
      rowsWhere(when(`not ${isFew} and ${row.sql}`, ...row.values)),
    ];
  });
  const counted = when(texts.map(({ name }) => `select from ${name}`).join(' union all '));
  return selectParts(em, { given: [{ name: 'few', ...few }, ...texts], counted, parts, limit });
};

// The share of three-letter pieces that two words have in common, less where their lengths differ: "workshp" is rather
// "workshop" (0.48) than "works" (0.39), and "porjector" is "projector" (0.43).
const likeness = `similarity(word, lower(t.typed))
  * least(length(word), length(t.typed)) / greatest(length(word), length(t.typed))`;
const likeEnough = 0.4;
const spellingsAtMost = 2;

// What others have written must not show in what somebody finds: then only words of one's own tickets are known.
const writtenIn = (requesterId: number | null): Condition =>
  requesterId === null
    ? when('true')
    : when(
        `exists (select from helpdesk.ticket o join helpdesk.ticket_text s on s.number = o.number
           where o.requester_id = ? and s.words like '%' || word || '%')`,
        requesterId,
      );

/**
 * The known words that come nearest to each word, for words that together are nowhere as they are written; null when none
 * comes near. With a requester, known are the words of this person's tickets alone.
 */
export const respelt = async (
  em: EntityManager,
  sought: Sought,
  requesterId: number | null,
): Promise<Sought | null> => {
  const words = sought.flat();
  const known = writtenIn(requesterId);
  const rows = await em.execute<{ typed: string; word: string }[]>(
    `select t.typed, near.word from unnest(array[?]::text[]) as t (typed) cross join lateral (
       select word from helpdesk.word where word % lower(t.typed) and ${likeness} >= ${likeEnough} and ${known.sql}
       order by ${likeness} desc, word limit ${spellingsAtMost}) near
     where length(t.typed) >= ${shortestWord}`,
    [words, ...known.values],
  );
  if (rows.length === 0) return null;
  // One of several words may be right. A word alone is not: looking for it again would only cost.
  const asTyped = (typed: string): string[] => (words.length > 1 ? [typed] : []);
  return words.map((typed) => [
    ...asTyped(typed),
    ...rows.filter((row) => row.typed === typed).map(({ word }) => word),
  ]);
};
