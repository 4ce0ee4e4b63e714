import { folded, takenApart } from '../../db/search/folded.ts';
import { assets } from '../catalogue.ts';

// What a search reads of a ticket. Names and addresses of people are not in it: they change, and auth has them.

export interface Written {
  number: string;
  subject: string;
  description: string;
  subCategory?: string | null;
  /** The fields of the category's form. */
  form: object;
}

// Days and ranges of costs are chosen with filters, and would be found by parts of ticket numbers.
const isDay = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value);
const leftOut: readonly string[] = ['estimatedCost'];

/** All that was typed or chosen in the form, item by item. */
const wordsOfForm = (value: unknown, key = ''): string[] => {
  if (typeof value === 'string') return isDay(value) || leftOut.includes(key) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => wordsOfForm(inner, name));
};

/** The page shows the asset's name with its serial number. */
const assetName = ({ form }: Written): string[] =>
  assets.filter((asset) => 'serial' in form && asset.serial === form.serial).map((asset) => asset.name);

const bodyOf = (ticket: Written): string[] => [
  ticket.description,
  ticket.subCategory ?? '',
  ...wordsOfForm(ticket.form),
  ...assetName(ticket),
];

/** The search text: `head` has number and subject, `words` everything. */
export const searchTextOf = (ticket: Written): { head: string; words: string } => {
  const head = folded(`${ticket.number} ${ticket.subject}`);
  return { head, words: `${head} ${folded(bodyOf(ticket).join(' '))}` };
};

export const shortestWord = 4;
// A column of signs is no word, and no index can hold one of ten thousand letters.
const longestWord = 40;

/** The words that mistyped ones are compared with. Sorted, so that two submissions cannot deadlock. */
export const wordsOf = (ticket: Written): string[] => {
  const written = [ticket.subject, ...bodyOf(ticket)].join(' ');
  const words = `${folded(written)} ${takenApart(written)}`.split(/[^\p{L}\p{M}]+/u);
  const fitting = words.filter((word) => {
    const length = [...word].length;
    return length >= shortestWord && length <= longestWord;
  });
  return [...new Set(fitting)].toSorted();
};
