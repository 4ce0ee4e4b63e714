/** Ends a program with this sentence, where there is one: whoever has started it can mend that, and needs no stack trace. */
export const exitWith = (problem: string | null): void => {
  if (problem === null) return;
  console.error(problem);
  process.exit(1);
};
