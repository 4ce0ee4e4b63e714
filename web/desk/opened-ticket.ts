let last: string | null = null;

/** The ticket that is read now: its list puts the focus there when somebody comes back. */
export const rememberOpened = (number: string): void => {
  last = number;
};

/** Whether this is the ticket that somebody comes back from. Says yes once. */
export const wasOpened = (number: string): boolean => {
  const isIt = last === number;
  if (isIt) last = null;
  return isIt;
};
