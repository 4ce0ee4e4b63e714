let commandsMade = 0;

/** An Idempotency-Key for a new command. */
export const commandKey = (): string => {
  commandsMade += 1;
  return `command-${commandsMade}`;
};
