/** Why the stack cannot start, in words for the person at the terminal. It is shown without a stack trace. */
export class StackProblem extends Error {
  override name = 'StackProblem';
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The code of a system error such as EADDRINUSE or ENOENT. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
