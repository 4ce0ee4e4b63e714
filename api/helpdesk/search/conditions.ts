import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { literally } from '../../db/query-builder.ts';
import type { Sought } from '../../db/search/sought.ts';
import type { Wanted } from '../../db/search/ticket-search.ts';
import type { HelpdeskTables } from '../helpdesk.tables.ts';

/** The aliases in conditions: tickets `t` and their texts `s`. */
export interface Searched {
  t: HelpdeskTables['helpdesk.ticket'];
  s: HelpdeskTables['helpdesk.ticket_text'];
}

const eb = expressionBuilder<Searched, 't' | 's'>();
const from = expressionBuilder<HelpdeskTables>();

type Spellings = readonly string[];
type Column = 's.head' | 's.words';

const hasWord = (spellings: Spellings, column: Column) =>
  eb.or(spellings.map((word) => eb(column, 'like', `%${literally(word)}%`)));

/** True when each word is in this part of the text, in any of its spellings. */
export const hasAll = (sought: Sought, column: Column) => eb.and(sought.map((spellings) => hasWord(spellings, column)));

/** The numbers of the texts for which this is true. */
export const textsWith = (condition: Expression<SqlBool>) =>
  from.selectFrom('helpdesk.ticket_text as s').where(condition).select('s.number');

const ticketsOf = (column: 'o.requester_id' | 'o.assignee_id', people: readonly number[]) =>
  from.selectFrom('helpdesk.ticket as o').where(column, '=', sql<number>`any(${people}::int[])`).select('o.number');

/** Whether any of the words may be somebody's name. Without one, texts alone decide. */
export const namesPeople = ({ people }: Wanted): boolean => people.some((ids) => ids.length > 0);

/** True for the numbers of tickets that have each word, in their text or as the name of requester or assignee. */
export const among = ({ sought, people }: Wanted, number: Expression<string>): Expression<SqlBool> => {
  if (sought.length === 0) return eb.lit(false);
  const peopleOf = (place: number): readonly number[] => people[place] ?? [];
  const plain = sought.filter((_spellings, place) => peopleOf(place).length === 0);
  const inTexts = plain.length === 0 ? [] : [eb(number, 'in', textsWith(hasAll(plain, 's.words')))];
  // A union, so that each part uses its own index.
  const named = sought.flatMap((spellings, place) => {
    const ids = peopleOf(place);
    if (ids.length === 0) return [];
    const all = textsWith(hasWord(spellings, 's.words'))
      .unionAll(ticketsOf('o.requester_id', ids))
      .unionAll(ticketsOf('o.assignee_id', ids));
    return [eb(number, 'in', all)];
  });
  return eb.and([...inTexts, ...named]);
};

/** True for the numbers of tickets that have each word in number or subject. */
export const ahead = ({ sought }: Wanted, number: Expression<string>): Expression<SqlBool> =>
  eb(number, 'in', textsWith(hasAll(sought, 's.head')));

/** Tickets that match equally well: the condition on their text `s`, and the same on their row `t`. */
export interface Rank {
  text: Expression<SqlBool>;
  row: Expression<SqlBool>;
}

// PostgreSQL takes a subquery to be true half of the time. Without it, PostgreSQL would estimate how often the words occur
// together; when the estimate is too low, it sorts all matches instead of scanning in page order, which is faster.
const lookedUp = (text: Expression<SqlBool>): Expression<SqlBool> =>
  sql`(select ${text} from helpdesk.ticket_text s where s.number = t.number)`;

/** For words that name nobody. Two ranks (all words in number or subject, then the rest), or one for all. */
export const ranksOf = (sought: Sought, bestFirst: boolean): Rank[] => {
  const anywhere = hasAll(sought, 's.words');
  const rank = (text: Expression<SqlBool>): Rank => ({ text, row: lookedUp(text) });
  if (!bestFirst) return [rank(anywhere)];
  const head = hasAll(sought, 's.head');
  return [rank(head), rank(eb.and([anywhere, eb.not(head)]))];
};
