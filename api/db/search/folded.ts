// One spelling for what people write in different ways. Texts and queries go through the same function, so a query finds a text
// whenever both come to the same spelling. A change here needs a migration that writes all search texts again.

/** Straight and curly quotes, apostrophes, primes, and accents that stand alone. */
const quotes = /['"`´¨‘’‚‛“”„‟′″‴‵‶‷«»‹›ʹʺʻʼʽˈ＇＂]/gu;
/** Hyphens, dashes and minus signs of all kinds. */
const hyphens = /[\p{Pd}\u2043\u2212\u00ad]/gu;
/** The accents of Latin, Greek and Cyrillic. The marks of other scripts are letters of their own and stay. */
const accents = /[\u0300-\u036f]/gu;
/** What takes no room, like a zero-width space. */
const invisible = /\p{Cf}/gu;

/** Letters that Unicode does not take apart. */
const letters: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't', ς: 'σ' },
};
const apart = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');

/** Without capitals, accents, quotes and hyphens, in plain forms of letters and digits, with single spaces. */
export const folded = (text: string): string =>
  text
    .replaceAll(quotes, '')
    // Full-width forms, ligatures and the like become plain; accents come apart from their letters.
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(accents, '')
    .replaceAll(apart, (letter) => letters[letter] ?? letter)
    .replaceAll(quotes, '')
    .replaceAll(hyphens, '')
    .replaceAll(invisible, '')
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
    .trim();

/** The text with a space for each hyphen and apostrophe: what people write together, apart or with a hyphen. */
export const takenApart = (text: string): string => folded(text.replaceAll(hyphens, ' ').replaceAll(quotes, ' '));
