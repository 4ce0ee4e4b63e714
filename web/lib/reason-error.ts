const limit = { min: 3, max: 500 } as const;

/** The sentence for a reason or note that is too short or too long; undefined when it will do. */
export const reasonError = (reason: string, missing = 'Say why, in a few words.'): string | undefined => {
  const length = [...reason.trim()].length;
  if (length < limit.min) return missing;
  return length > limit.max ? `Use at most ${limit.max} characters; these are ${length}.` : undefined;
};
