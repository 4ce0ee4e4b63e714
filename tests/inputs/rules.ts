import { z } from 'zod';
import { problem } from '../../api/http/problem.schema.ts';
import { isProblemCode, problems } from '../../api/http/problem.ts';
import { leaksIn } from './leaks.ts';
import type { Received, Sent } from './wire.ts';

/** A conflict also says what has changed since. */
const answeredProblem = problem
  .extend({ requestId: z.uuid(), version: z.int().optional(), changes: z.array(z.unknown()).optional() })
  .strict();

// A file that does not change as long as its version is the same.
const cached = ['/api/reference/standalone.js'];
// Monitoring reads the body of this one, also when it is not ready.
const readiness = '/readyz';

// A refusal must be smaller than the request. The path that it repeats may be as long as headers may be.
const longestProblem = 20_000;

/** The path that is meant, with its dots resolved. */
const pathOf = ({ target }: Sent): string => {
  const url = URL.canParse(target, 'http://host') ? new URL(target, 'http://host') : null;
  return url?.pathname ?? target;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const wrongShape = ({ status, headers, text }: Received): string[] => {
  const type = headers.get('content-type');
  const wrong =
    type === 'application/problem+json' ? [] : [`Its content type is ${type}, not application/problem+json`];
  const parsed = answeredProblem.safeParse(jsonOf(text));
  if (!parsed.success) return [...wrong, `Its body is no problem: ${z.prettifyError(parsed.error)}`];
  const { code, title, requestId, status: inBody } = parsed.data;
  if (inBody !== status) wrong.push(`Its body says ${inBody}`);
  if (requestId !== headers.get('x-request-id')) wrong.push('Its requestId is not that of X-Request-Id');
  if (!isProblemCode(code)) return [...wrong, `Its code ${code} is none of ours`];
  if (problems[code].status !== status) wrong.push(`Its code ${code} belongs to ${problems[code].status}`);
  if (text.length > longestProblem) wrong.push(`It is ${text.length} characters long`);
  if ((status === 429 || status === 503) && !headers.has('retry-after')) wrong.push('It has no Retry-After');
  if (problems[code].title !== title) wrong.push(`The title of ${code} is ${title}, not ${problems[code].title}`);
  return wrong;
};

const required: [name: string, fits: RegExp][] = [
  ['x-content-type-options', /^nosniff$/],
  ['content-security-policy', /default-src 'self'.*frame-ancestors 'none'/],
  ['referrer-policy', /^(same-origin|no-referrer)$/],
  ['x-frame-options', /^DENY$/],
];

const wrongHeaders = (sent: Sent, { headers }: Received): string[] => {
  const path = pathOf(sent);
  const mustNotBeKept = /^\/api(\/|$)/.test(path) && !cached.includes(path);
  const wanted: typeof required = mustNotBeKept ? [...required, ['cache-control', /^no-store$/]] : required;
  const wrong = wanted
    .filter(([name, fits]) => !fits.test(headers.get(name) ?? ''))
    .map(([name]) => `Its ${name} is ${headers.get(name)}`);
  const telling = ['server', 'x-powered-by', 'via'].filter((name) => headers.has(name));
  return [...wrong, ...telling.map((name) => `It has a header ${name}`)];
};

/** Everything that the caller has said, as sent and decoded. */
const saidIn = ({ method, target, headers, body }: Sent): string[] => {
  const text = body === null ? '' : Buffer.from(body).toString('utf8');
  const plain = [method, target, text, ...headers.map(([, value]) => value)];
  const decoded = target.replaceAll(/(%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
  );
  const inBody = jsonOf(text);
  return [...plain, decoded, ...(inBody === undefined ? [] : textsIn(inBody))];
};

/** Each text in a JSON value, also the names of fields. */
export const textsIn = (value: unknown): string[] => {
  const texts: string[] = [];
  const left = [value];
  for (let next = left.pop(); next !== undefined || left.length > 0; next = left.pop()) {
    if (typeof next === 'string') texts.push(next);
    else if (Array.isArray(next)) left.push(...next);
    else if (typeof next === 'object' && next !== null) {
      for (const [key, inner] of Object.entries(next)) left.push(key, inner);
    }
  }
  return texts;
};

/** The problem without its id and without what other people have written. */
const ourWordsIn = (text: string): string => {
  const parsed = z.record(z.string(), z.unknown()).safeParse(jsonOf(text));
  if (!parsed.success) return text;
  const { requestId: _id, changes: _changes, ...words } = parsed.data;
  return JSON.stringify(words);
};

/** How an answer breaks the contract: one sentence for each fault, none when it keeps it. */
export const faultsOf = (sent: Sent, received: Received): string[] => {
  const { status, headers, text } = received;
  const type = headers.get('content-type') ?? '';
  const isFine = status >= 200 && status < 300;
  const hasNoBody = sent.method === 'HEAD';
  const isReadiness = pathOf(sent) === readiness && status === 503;
  const leaks = leaksIn({
    text,
    ourWords: isFine ? null : ourWordsIn(text),
    isJson: type.includes('json'),
    requestId: headers.get('x-request-id'),
    said: saidIn(sent),
  });
  return [
    ...(status >= 500 && !isReadiness ? [`It is ${status}`] : []),
    ...(isFine || hasNoBody || isReadiness ? [] : wrongShape(received)),
    ...wrongHeaders(sent, received),
    ...(type.includes('javascript') ? [] : leaks),
  ];
};
