/** Limits of one person that no test or bench reaches, where they are not its subject. */
export const generousLimits = {
  SUBMISSIONS_PER_MINUTE: '1000000',
  SEARCHES_PER_MINUTE: '1000000',
  COMMANDS_PER_MINUTE: '1000000',
};
