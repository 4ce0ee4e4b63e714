// The rule for every text that people write. API, pages and seeds share it, so it needs no Zod.

/** What a field takes: its length in characters, and whether it has one line or may have many. */
export interface TextLimits {
  min: number;
  max: number;
  lines: 'one' | 'many';
}

/** What people write with a command: a reason, a note. */
export const noteLimits: TextLimits = { min: 3, max: 500, lines: 'many' };

// Halves of surrogate pairs, numbers that are no characters, and controls except tab and line end: PostgreSQL or a screen
// cannot handle them.
const unprintable = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

// They turn a piece of text around or mark the beginning of a file. The marks of direction that Arabic and Hebrew need
// (U+200E, U+200F, U+061C) are not among them.
const misleading = /[\u202a-\u202e\u2066-\u2069\ufeff]/g;

// Letters that show nothing: the fillers of Korean and the empty cell of Braille, which is its space.
const blankLetters = /[\u3164\uffa0\u2800]/g;

const invisible = /\p{Default_Ignorable_Code_Point}/gu;

// The richest scripts in use put eight marks on one letter (Tibetan, Burmese, Hebrew with accents).
const mostMarks = 8;
const crowdedLetter = new RegExp(`(?:(?!\\p{DI})\\p{M}\\p{DI}*){${mostMarks + 1}}`, 'u');
// A vowel that stands beside its letter can be read alone, so it is not asked for here.
const loneMark = /(?:^|\s)\p{DI}*(?!\p{DI})[\p{Mn}\p{Me}]/u;

const characters = (value: string): number => [...value].length;

/** How much of it can be seen. A run of spaces counts as one. */
const seen = (value: string): number => characters(value.replaceAll(invisible, '').replaceAll(/\s+/g, ' ').trim());

/**
 * The text as it is kept: in Unicode's form NFC, with `\n` for every kind of line end (in a field of one line a separator of
 * lines becomes a space), a space for each letter that shows nothing, without characters that turn text around, trimmed.
 */
export const tidied = (value: string, lines: TextLimits['lines']): string =>
  value
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u2028\u2029]/g, lines === 'one' ? ' ' : '\n')
    .replaceAll(misleading, '')
    .replaceAll(blankLetters, ' ')
    .normalize('NFC')
    .trim();

/** How many characters a text has, as its limit counts them: a letter with its accents may be one or several. */
export const lengthOf = (value: string): number => characters(tidied(value, 'many'));

const inWords = new Intl.NumberFormat('en');
const tooLong = (max: number, length: number): string =>
  `Use at most ${inWords.format(max)} characters; these are ${inWords.format(length)}.`;

/** The last word before this place, to say where it is. */
const before = (value: string, at: number): string =>
  value
    .slice(0, at)
    .match(/\S{1,20}\s*$/u)?.[0]
    .trim() ?? '';

const whyMarks = (value: string): string | null => {
  const lone = loneMark.exec(value);
  if (lone) {
    const word = before(value, lone.index);
    return word === ''
      ? 'This begins with an accent that belongs to no letter. Remove it.'
      : `After “${word}” is an accent that belongs to no letter. Remove it.`;
  }
  const crowded = crowdedLetter.exec(value);
  if (!crowded) return null;
  const letter = value.slice(0, crowded.index).match(/.$/u)?.[0] ?? '';
  return `A letter “${letter}” bears more than ${mostMarks} marks, so it covers the lines around it. Remove some.`;
};

/** Why a tidied text cannot be kept, as a sentence for its writer; null when it can. */
export const whyNotKept = (value: string, { min, max, lines }: TextLimits): string | null => {
  if (unprintable.test(value)) return 'Remove the characters that cannot be printed.';
  if (lines === 'one' && /[\n\t]/.test(value)) return 'Keep this on one line.';
  const length = characters(value);
  if (length > max) return tooLong(max, length);
  if (seen(value) < min) return min === 1 ? 'Fill this in.' : `Use at least ${min} characters.`;
  return whyMarks(value);
};
