import type { NoticeFact } from './facts.ts';

/** These come by one mail, which bears the id of the first. */
export const together = (notices: NoticeFact[]): NoticeFact[] =>
  notices.map((notice) => ({ ...notice, letter: notices[0]?.messageId ?? null }));

/** A mail that tells of these. */
export const mailOf = (notices: readonly NoticeFact[]): string =>
  notices.map(({ words }) => words.join('\n')).join('\n\n');

/** Each mail that was to come has come once. */
export const copiesOf = (notices: readonly NoticeFact[]): Map<string, string[]> => {
  const letters = Map.groupBy(notices, ({ letter }) => letter ?? '');
  return new Map([...letters].map(([letter, ofLetter]) => [letter, [mailOf(ofLetter)]]));
};
