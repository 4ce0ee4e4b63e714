import { type Draft, type Mutation, marked } from './draft.ts';
import type { Random } from './random.ts';

const textOf = ({ body }: Draft): string | null => {
  if (body === undefined) return null;
  return 'json' in body ? JSON.stringify(body.json) : null;
};

/** A mutation of the body's text. */
const ofText =
  (
    mark: string,
    mustBeRefused: boolean,
    change: (text: string, random: Random) => string | Uint8Array | null,
  ): Mutation =>
  (draft, random) => {
    const text = textOf(draft);
    const raw = text === null ? null : change(text, random);
    return raw === null || raw === text ? null : marked(draft, mark, { body: { raw } }, mustBeRefused);
  };

const withoutMeaning = [
  '',
  ' ',
  'null',
  '[]',
  '"x"',
  '0',
  'true',
  '{',
  '}',
  'undefined',
  'NaN',
  "{'a':1}",
  '<x/>',
  'a=b',
];

const cut = (text: string, random: Random): string => text.slice(0, 1 + random.below(Math.max(1, text.length - 1)));

/** The body with a text that is not valid UTF-8; null when it has no text. */
const withBadBytes = (text: string, random: Random): Uint8Array | null => {
  const at = text.lastIndexOf('"', text.length - 3);
  if (at < 1) return null;
  const bad = random.pick([[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0xaf]]);
  return Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from(bad), Buffer.from(text.slice(at))]);
};

const nested = (depth: number, random: Random): string => {
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ]);
  const levels = Math.min(depth, Math.floor(250_000 / ((open?.length ?? 1) + 1)));
  return `${open?.repeat(levels)}1${close?.repeat(levels)}`;
};

const doubled = (text: string, random: Random): string | null => {
  const names = [...text.matchAll(/"(\w+)":/g)].map(([, name = '']) => name);
  if (names.length === 0 || !text.endsWith('}')) return null;
  const value = random.pick(['null', '{}', '[]', '"x"', '-1', '"\\u0000"']);
  return `${text.slice(0, -1)},"${random.pick(names)}":${value}}`;
};

const withField =
  (field: (random: Random) => string) =>
  (text: string, random: Random): string | null =>
    text.startsWith('{') && text.length > 2 ? `{${field(random)},${text.slice(1)}` : null;

export const bodyMutations: Mutation[] = [
  ofText('no JSON object', true, (_text, random) => random.pick(withoutMeaning)),
  ofText('cut off', true, cut),
  ofText('with more behind it', true, (text, random) => text + random.pick([text, ',', '}', 'x', '\u0000', ';'])),
  ofText('with a comma at its end', true, (text) => text.replace(/\}$/, ',}')),
  ofText('with a comment', true, (text) => `/* x */${text}`),
  ofText('after a byte order mark', false, (text) => `\ufeff${text}`),
  ofText('as UTF-16', true, (text) => Buffer.from(text, 'utf16le')),
  ofText('with bytes that are no UTF-8', true, withBadBytes),
  ofText('with a field twice', false, doubled),
  ofText('with NaN', true, (text) => text.replace(/:[^:]*$/, ':NaN}')),
  ofText('deeply nested', true, (_text, random) => nested(random.pick([100, 5_000, 120_000]), random)),
  ofText(
    'with a deeply nested field',
    true,
    withField((random) => `"extra":${nested(random.pick([100, 5_000, 100_000]), random)}`),
  ),
  ofText(
    'with the prototype',
    true,
    withField((random) =>
      random.pick([
        '"__proto__":{"isAdmin":true}',
        '"constructor":{"prototype":{"isAdmin":true}}',
        '"__proto__":null',
        '"\\u005f\\u005fproto__":[]',
      ]),
    ),
  ),
  ofText(
    'with very many fields',
    true,
    withField(() => Array.from({ length: 10_000 }, (_none, index) => `"f${index}":1`).join(',')),
  ),
  ofText('larger than allowed', true, (text) => text + ' '.repeat(300_000)),
];
