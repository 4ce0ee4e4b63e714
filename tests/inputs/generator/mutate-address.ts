import type { Operation } from './document.ts';
import { type Draft, type Mutation, marked } from './draft.ts';
import { brokenTexts, foreignFields, nastyTexts, notIds } from './nasty.ts';
import type { Random } from './random.ts';

const wellFormed = (text: string): string => encodeURIComponent(text.toWellFormed());

const oddValues = [
  '',
  '%20',
  '%00',
  'a%00b',
  '%zz',
  '%',
  '%c3%28',
  '%ff',
  '%ed%a0%80',
  '-1',
  '0',
  '1.5',
  '1e3',
  '0x10',
  '99999999999999999999',
  'NaN',
  'null',
  'x'.repeat(5_000),
  ','.repeat(500),
  '%D9%A1',
];

const valueFor = (random: Random): string =>
  random.pick([random.pick(oddValues), wellFormed(random.pick([...nastyTexts, ...brokenTexts]))]);

const inBase64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const oddCursors: readonly unknown[] = [
  [],
  [null],
  [null, 1.5],
  [null, -1],
  ['1 2026-01-01T00:00:00.000Z', 2 ** 53],
  ['0 2026-01-01T00:00:00.000Z', 1, 2],
  ['9 2026-01-01T00:00:00.000Z', 1],
  ['0 +275760-09-13T00:00:00.001Z', 1],
  ["0 ' or 1=1--", 1],
  ['2026-01-01T00:00:00.000Z', 'TX20200101000000'],
  ['2026-01-01T00:00:00.000Z', "' or 1=1--"],
  [{ $gt: 0 }, 1],
  [null, { $gt: 0 }],
  [null, 'a\u0000b'],
  [1e308, 1],
  { id: 1 },
  '[1,',
  'x',
];

const tampered = (cursor: string, random: Random): string => {
  const at = random.below(cursor.length);
  return random.pick([
    cursor.slice(0, at),
    `${cursor.slice(0, at)}A${cursor.slice(at + 1)}`,
    `${cursor}${cursor}`,
    cursor.toUpperCase(),
    inBase64(random.pick(oddCursors.map((odd) => ({ odd }))).odd),
  ]);
};

const withQuery = (draft: Draft, mark: string, pairs: [string, string][], mustBeRefused = false): Draft =>
  marked(draft, `query: ${mark}`, { query: [...draft.query, ...pairs] }, mustBeRefused);

const queryMutations = (names: string[]): Mutation[] => {
  const isStrict = names.length > 0;
  const oneOf = (random: Random): string => (isStrict ? random.pick(names) : 'x');
  return [
    (draft, random) => {
      const name = oneOf(random);
      const others = draft.query.filter(([other]) => other !== name);
      return marked(draft, `query: ${name}`, { query: [...others, [name, valueFor(random)]] });
    },
    (draft, random) => {
      const name = random.pick([...foreignFields, 'orderBy', 'where', 'sql', 'callback', '_method', 'filter%5Bid%5D']);
      return withQuery(draft, `unknown ${name}`, [[name, valueFor(random)]], isStrict && !names.includes(name));
    },
    (draft, random) => {
      const [name, value] = draft.query.length > 0 ? random.pick(draft.query) : [oneOf(random), '1'];
      return withQuery(draft, `${name} twice`, [
        [name, value],
        [name, valueFor(random)],
      ]);
    },
    (draft, random) => {
      const name = `${oneOf(random)}${random.pick(['[]', '%5B%5D', '[$ne]', '[$like]', '[0][x]', '.x', '[__proto__]'])}`;
      return withQuery(draft, name, [[name, valueFor(random)]], isStrict);
    },
    (draft, random) => {
      const name = random.pick([
        '__proto__[x]',
        '__proto__',
        'constructor[prototype][x]',
        'a&b&&=&',
        '=',
        '&&&',
        '%00',
      ]);
      return withQuery(draft, name, [[name, '1']]);
    },
    (draft) =>
      withQuery(
        draft,
        'very many',
        Array.from({ length: 800 }, (_none, index) => [`p${index}`, '1']),
        isStrict,
      ),
  ];
};

const cursorMutation: Mutation = (draft, random) => {
  const cursor = draft.query.find(([name]) => name === 'cursor')?.[1] ?? inBase64(['2026-01-01T00:00:00.000Z', 1]);
  const others = draft.query.filter(([name]) => name !== 'cursor');
  return marked(draft, 'query: a tampered cursor', { query: [...others, ['cursor', tampered(cursor, random)]] });
};

const idMutation =
  (names: string[]): Mutation =>
  (draft, random) => {
    const name = random.pick(names);
    const id = random.pick(notIds);
    return marked(draft, `${name} in the path: ${id.slice(0, 60)}`, { inPath: { ...draft.inPath, [name]: id } }, true);
  };

/** Another path may be another route, which may accept what this one refuses. */
export const elsewhere: Mutation = (draft, random) => {
  const path = random.pick([
    `${draft.path}/`,
    `${draft.path}//`,
    `/${draft.path}`,
    draft.path.toUpperCase(),
    `${draft.path}.json`,
    `${draft.path}%00`,
    `${draft.path};x=1`,
    `${draft.path}/..`,
    `${draft.path}/../..`,
    `${draft.path}/%2e%2e/x`,
    `${draft.path}\\..\\x`,
    draft.path.replace('/api/', '/api/./'),
    draft.path.replace('/api/', '/%61pi/'),
    `http://evil.test${draft.path}`,
    `${draft.path}#x`,
    `${draft.path}%`,
  ]);
  return { ...marked(draft, `at ${path.slice(0, 80)}`, { path }), mustBeRefused: false };
};

/** What can be wrong with path and query. */
export const addressMutations = ({ parameters }: Operation): Mutation[] => {
  const named = (place: string): string[] => parameters.filter((one) => one.in === place).map(({ name }) => name);
  const ids = named('path');
  const queries = named('query');
  return [
    ...queryMutations(queries),
    // The query of a list has more fields than any other.
    ...(queries.length > 0 ? queryMutations(queries) : []),
    ...(queries.includes('cursor') ? [cursorMutation, cursorMutation] : []),
    ...(ids.length > 0 ? [idMutation(ids), idMutation(ids)] : []),
  ];
};
