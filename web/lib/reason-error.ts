import { noteLimits, tidied, whyNotKept } from '../../api/http/written-text.ts';

/** Why the API would refuse this reason or note, as a sentence; undefined when it will do. */
export const reasonError = (reason: string, missing = 'Say why, in a few words.'): string | undefined => {
  const written = tidied(reason, noteLimits.lines);
  const why = whyNotKept(written, noteLimits);
  if (why === null) return undefined;
  // "Use at least 3 characters" would not say what is asked.
  return whyNotKept(written, { ...noteLimits, min: 0 }) ?? missing;
};
