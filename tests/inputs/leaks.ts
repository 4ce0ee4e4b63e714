// What an answer must never tell: each kind with what gives it away.
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

export interface Told {
  /** The text of the answer. */
  text: string;
  /** What of it we have written ourselves, where it tells of a problem. */
  ourWords: string | null;
  isJson: boolean;
  requestId: string | null;
  /** Everything that the caller has said, in each form in which it may be said back. */
  said: string[];
}

/** What the answer gives away, each as a sentence. What the caller itself has said is no secret. */
export const leaksIn = ({ text, ourWords, isJson, requestId, said }: Told): string[] => {
  const saidAlready = (found: string): boolean => said.some((words) => words.includes(found));
  const find = (words: string, patterns: typeof anywhere): string[] =>
    patterns.flatMap(([kind, pattern]) =>
      [...words.matchAll(pattern)]
        .filter(([found]) => !saidAlready(found))
        .map(([found]) => `It tells ${kind}: ${found}`),
    );
  const leaks = [...find(text, anywhere), ...(ourWords === null ? [] : find(ourWords, inProblems))];
  // Only the request has an id that may be known outside; runs and changes have theirs.
  const ids = isJson ? (text.match(uuids) ?? []) : [];
  const foreign = ids.filter((id) => id !== requestId && !saidAlready(id));
  return [...leaks, ...foreign.map((id) => `It tells an id that is not the request's: ${id}`)];
};
