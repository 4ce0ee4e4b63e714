import type { EntityManager } from '@mikro-orm/postgresql';
import { type Condition, every, some, when } from '../db/page.ts';

// Stands between subject and description. Texts hold no such character: `text.schema.ts` refuses it.
const separator = 'chr(31)';
const shortestWord = 4;

/** What `helpdesk.ticket_text` keeps of a row of `helpdesk.ticket`. */
export const searchText = `lower(number || ' ' || subject || ${separator} || description)`;

/** The words that `helpdesk.word` learns from it. Insert them in order: two tickets would wait for each other else. */
export const wordsOfTicket = `lateral (
  select distinct w as word from regexp_split_to_table(lower(subject || ' ' || description), '[^[:alpha:]]+') as w
  where length(w) >= ${shortestWord}) as w`;

/** The words that people search for; each may be written in several ways. */
export type Sought = readonly (readonly string[])[];

export const soughtBy = (q: string): Sought => q.split(/\s+/).map((word) => [word]);

const literally = (word: string): string => word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

const holds = (word: string): Condition => when('s.words like lower(?)', `%${literally(word)}%`);
const holdsAhead = (word: string): Condition =>
  when(`s.words like lower(?) || ${separator} || '%'`, `%${literally(word)}%`);

/** Each of the words is there, in any of its spellings; `s` is `helpdesk.ticket_text`. */
export const found = (sought: Sought): Condition => every(sought.map((spellings) => some(spellings.map(holds))));

/** Each of them is in the number or the subject. */
export const foundAhead = (sought: Sought): Condition =>
  every(sought.map((spellings) => some(spellings.map(holdsAhead))));

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
 * The known words that come nearest to each word; a word that is near to none stays as it is. With a requester, known
 * are the words of this person's tickets alone.
 */
export const respelt = async (em: EntityManager, sought: Sought, requesterId: number | null): Promise<Sought> => {
  const words = sought.flat();
  const known = writtenIn(requesterId);
  const rows = await em.execute<{ typed: string; word: string }[]>(
    `select t.typed, near.word from unnest(array[?]::text[]) as t (typed) cross join lateral (
       select word from helpdesk.word where word % lower(t.typed) and ${likeness} >= ${likeEnough} and ${known.sql}
       order by ${likeness} desc, word limit ${spellingsAtMost}) near
     where length(t.typed) >= ${shortestWord}`,
    [words, ...known.values],
  );
  return words.map((typed) => [typed, ...rows.filter((row) => row.typed === typed).map(({ word }) => word)]);
};
