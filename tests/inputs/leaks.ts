// What an answer must never reveal: each kind, and how it is recognised.
const anywhere: [kind: string, pattern: RegExp][] = [
  ['a stack frame', /\bat (async )?[\w.<>$[\] ]+ \(?[^\s()]+:\d+:\d+\)?|\.[cm]?[jt]sx?:\d+/g],
  ['node_modules', /node_modules/g],
  ['a file path', /(?<![\w.:/])\/(home|root|work|usr|var|tmp|opt|etc|srv|Users)\/[\w.-]+|file:\/\/|\b[A-Z]:\\\w+/g],
  [
    'SQL',
    /\b(select|insert into|update|delete from|from|join|table)\s+"?(auth|helpdesk|tracking|messaging|notification|public|pg_catalog)"?\s*\.\s*"?\w+/gi,
  ],
  ['a constraint', /\b\w+_(unique|pkey|fkey|foreign|check|index)\b/g],
];

const inProblems: [kind: string, pattern: RegExp][] = [
  ['SQL', /\b(select\b.+\bfrom|insert into|delete from|update\b.+\bset)\b/gi],
  ['an SQLSTATE', /\bSQLSTATE\b|\b(0[0189AB]|2[0-8BDF]|3[489BDF]|4[024]|5[3-8]|XX)(\d{3}|P\d{2})\b/g],
  ['Temporal', /\bTemporal\b|\bgRPC\b|\bworkflow (execution|task)\b|\brun ?id\b/gi],
  [
    'a library',
    /\b(mikro-?orm|zod|hono|lucia|argon2|postgres(ql)?|pg_\w+|undici|pino|libpq|ECONN\w+|ERR_[A-Z_]+|ZodError|TypeError|RangeError|SyntaxError|DriverException)\b/gi,
  ],
  ['a version', /\bv?\d+\.\d+\.\d+(-[\w.]+)?\b/g],
];

const uuids = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

export interface Answered {
  /** The text of the answer. */
  text: string;
  /** The words of a problem that are our own; null for an answer without a problem. */
  ourWords: string | null;
  isJson: boolean;
  requestId: string | null;
  /** Everything that the caller has sent, in each form in which an answer may repeat it. */
  said: string[];
}

/** What the answer reveals, each as a sentence. What the caller has sent is no secret. */
export const leaksIn = ({ text, ourWords, isJson, requestId, said }: Answered): string[] => {
  const saidAlready = (found: string): boolean => said.some((words) => words.includes(found));
  const find = (words: string, patterns: typeof anywhere): string[] =>
    patterns.flatMap(([kind, pattern]) =>
      [...words.matchAll(pattern)]
        .filter(([found]) => !saidAlready(found))
        .map(([found]) => `It tells ${kind}: ${found}`),
    );
  const leaks = [...find(text, anywhere), ...(ourWords === null ? [] : find(ourWords, inProblems))];
  // The id of the request may be known outside. Those of runs and changes may not.
  const ids = isJson ? (text.match(uuids) ?? []) : [];
  const foreign = ids.filter((id) => id !== requestId && !saidAlready(id));
  return [...leaks, ...foreign.map((id) => `It tells an id that is not the request's: ${id}`)];
};
