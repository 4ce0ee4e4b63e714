import { sessionCookieName } from '../../../api/auth/lucia.ts';
import type { Operation } from './document.ts';
import { type Draft, type Mutation, marked } from './draft.ts';
import { nastyTexts } from './nasty.ts';

const session = sessionCookieName('http://localhost:8000');

type Header = [name: string, value: string];

/** The draft with these headers instead of those with the same names. `-` leaves one out. */
const withHeaders = (draft: Draft, headers: Header[], mustBeRefused = false): Draft => {
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  const others = draft.headers.filter(([name]) => !named.has(name.toLowerCase()));
  const mark = headers.map(([name, value]) => `${name}: ${value.slice(0, 60)}`).join(', ');
  return marked(draft, mark, { headers: [...others, ...headers] }, mustBeRefused);
};

const notJson = [
  '-',
  '',
  'text/plain',
  'text/plain;application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/json2',
  'application/problem+json',
  'json',
  '*/*',
];

const foreignSites: Header[][] = [
  [['origin', 'https://evil.test']],
  [['origin', 'null']],
  [['origin', '-']],
  [['origin', '']],
  [['origin', 'https://localhost:8000']],
  [['origin', 'http://localhost:8001']],
  [['origin', 'http://localhost:8000.evil.test']],
  [['origin', 'http://localhost:8000@evil.test']],
  [['sec-fetch-site', 'cross-site']],
  [['sec-fetch-site', 'same-site']],
  [['sec-fetch-site', 'none']],
  [['sec-fetch-site', '']],
];

const odd: Header[][] = [
  [['x-http-method-override', 'DELETE']],
  [['x-forwarded-for', `1.2.3.4, ${'5.6.7.8, '.repeat(200)}<b>`]],
  [['x-forwarded-host', 'evil.test']],
  [['x-forwarded-proto', 'https']],
  [['host', 'evil.test']],
  [['host', 'localhost:99999']],
  [['host', 'a b']],
  [['host', '']],
  [['host', '-']],
  [['accept', 'text/html']],
  [['accept-encoding', 'gzip, br, x']],
  [['accept-language', '*;q=0.0001']],
  [['range', 'bytes=0-0']],
  [['if-none-match', '*']],
  [['if-modified-since', 'yesterday']],
  [['expect', '100-continue']],
  [['expect', 'the unexpected']],
  [
    ['upgrade', 'websocket'],
    ['connection', 'upgrade'],
  ],
  [
    ['upgrade', 'h2c'],
    ['connection', 'upgrade, close'],
  ],
  [['transfer-encoding', 'chunked']],
  [['transfer-encoding', 'gzip, chunked']],
  [['content-length', '-1']],
  [['content-length', '1x']],
  [['content-encoding', 'gzip']],
  [['content-encoding', 'identity, br']],
  [['x-forwarded-for', '::1, 300.1.1.1, [::1, \u0001']],
  [['content-type', 'application/json; charset=utf-16']],
  [['content-type', 'APPLICATION/JSON']],
  [['authorization', 'Basic eDp4']],
  [['authorization', `Bearer ${'x'.repeat(5_000)}`]],
  [['cookie', `${session}=x; ${session}=y`]],
  [['cookie', `${session}=`]],
  [['cookie', `${session}=%00%ff%zz`]],
  [['cookie', `${session}=${'x'.repeat(8_000)}`]],
  [['cookie', `${'a=b; '.repeat(1_000)}${session}=\u0001`]],
  [['cookie', `__proto__=x; constructor=y; ${session}={"$ne":""}`]],
  [['x-request-id', 'mine\r\nx-injected: yes']],
  [['x-long', 'x'.repeat(20_000)]],
  [['x-nul', 'a\u0000b']],
  [['x-bare', 'a\rb']],
  [['x bad name', 'x']],
  [['user-agent', '\u001b[31m<script>']],
  ...Array.from({ length: 3 }, (): Header[] => [['te', 'trailers']]),
];

const badKeys: Header[][] = [
  [['idempotency-key', '']],
  [['idempotency-key', 'x']],
  [['idempotency-key', 'x'.repeat(129)]],
  [['idempotency-key', 'x'.repeat(5_000)]],
  [['idempotency-key', 'not one word at all']],
  [['idempotency-key', "' or 1=1--xxxxxxxx"]],
  [['idempotency-key', 'caf\u00e9caf\u00e9caf\u00e9']],
  [
    ['idempotency-key', 'aaaaaaaaaa'],
    ['idempotency-key', 'bbbbbbbbbb'],
  ],
];

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'FOO',
  'post',
];

/** Another method may be another route, which may accept what this one refuses. */
export const anotherMethod: Mutation = (draft, random) => {
  const method = random.pick(methods.filter((name) => name !== draft.method));
  const body = method === 'GET' || method === 'HEAD' ? undefined : draft.body;
  return { ...marked(draft, `by ${method}`, { method, body }), mustBeRefused: false };
};

const anotherType: Mutation = (draft, random) =>
  draft.body === undefined ? null : withHeaders(draft, [['content-type', random.pick(notJson)]], true);

/** Commands may come without a key; submissions may not. */
const anotherKey =
  (isRequired: boolean): Mutation =>
  (draft, random) =>
    random.chance(10)
      ? withHeaders(draft, [['idempotency-key', '-']], isRequired)
      : withHeaders(draft, random.pick(badKeys), true);

/** What can be wrong with headers and method. */
export const headerMutations = ({ changes, body, parameters }: Operation): Mutation[] => {
  const key = parameters.find((one) => one.in === 'header' && one.name.toLowerCase() === 'idempotency-key');
  return [
    (draft, random) => withHeaders(draft, random.pick(odd)),
    (draft, random) => withHeaders(draft, random.pick(odd)),
    (draft, random) =>
      withHeaders(draft, [
        [
          random.pick(['x-any', 'accept', 'referer', 'user-agent']),
          random.pick(nastyTexts).replaceAll(/[^\x20-\x7e]/g, ''),
        ],
      ]),
    ...(changes
      ? [(draft: Draft, random: Parameters<Mutation>[1]) => withHeaders(draft, random.pick(foreignSites), true)]
      : []),
    ...(body === null ? [] : [anotherType]),
    ...(key ? [anotherKey(key.required === true)] : []),
  ];
};
