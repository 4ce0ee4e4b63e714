import type { Tally } from '../../workflows/seed/messages.ts';

export const tallyOf = (results: readonly { created: boolean }[]): Tally => {
  const created = results.filter((result) => result.created).length;
  return { created, existing: results.length - created };
};
