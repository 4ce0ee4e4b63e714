let last: string | null = null;

/** Remembers the open ticket, so that its list can focus its row when somebody comes back. */
export const rememberOpened = (number: string): void => {
  last = number;
};

/** Whether this is the ticket that somebody comes back from. Says yes once. */
export const wasOpened = (number: string): boolean => {
  const isIt = last === number;
  if (isIt) last = null;
  return isIt;
};
