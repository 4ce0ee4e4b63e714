import { folded, takenApart } from './folded.ts';

/** The words of a search, each with its possible spellings. A ticket is found when it has each word in any spelling. */
export type Sought = readonly (readonly string[])[];

/** A ticket number, also within a link to the ticket. */
const number = /tx\d{14,24}/g;
/** Between words, besides spaces. */
const separators = /[\s,;()[\]{}<>]+/u;
/** What stands before or after a word in a sentence, or before a number. */
const edges = /^[.:!?#]+|[.:!?]+$/gu;

const trimmed = (word: string): string => word.replaceAll(edges, '').trim();

// "check-in" also finds "check in".
const spellingsOf = (word: string): string[] =>
  [...new Set([folded(word), takenApart(word)].map(trimmed))].filter((spelling) => spelling !== '');

/**
 * The words that somebody searches for. Brackets, commas and the marks of sentences around them do not count. Whoever pastes a
 * number with the mail or the link around it looks for that ticket, so beside a number nothing else counts; of several numbers
 * each is found. Empty when nothing but marks was typed.
 */
export const soughtBy = (q: string): Sought => {
  const numbers = folded(q).match(number);
  if (numbers) return [[...new Set(numbers)]];
  const words = q.normalize('NFKC').split(separators).map(spellingsOf);
  const distinct = new Map(words.map((spellings) => [spellings.join('\n'), spellings]));
  return [...distinct.values()].filter((spellings) => spellings.length > 0);
};
