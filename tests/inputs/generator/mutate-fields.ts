import type { Operation, Schema } from './document.ts';
import { type Draft, type Mutation, marked } from './draft.ts';
import { hasField, isRequired, type Leaf, leavesOf, type Place, replaced, schemasAt } from './json-places.ts';
import { brokenTexts, extremeNumbers, foreignFields, nastyTexts, notDates, wrongValues } from './nasty.ts';
import type { Random } from './random.ts';

const jsonOf = ({ body }: Draft): unknown => (body !== undefined && 'json' in body ? body.json : undefined);

const fieldsOf = (draft: Draft): Record<string, unknown> | null => {
  const json = jsonOf(draft);
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : null;
};

const nameOf = (place: Place): string => place.join('.') || 'the body';

/** A mutation of one leaf of this kind. */
const ofLeaf =
  (
    fits: (leaf: Leaf) => boolean,
    change: (leaf: Leaf, draft: Draft, random: Random) => { mark: string; by: unknown; mustBeRefused?: boolean } | null,
  ): Mutation =>
  (draft, random) => {
    const leaves = leavesOf(jsonOf(draft)).filter((leaf) => leaf.place.length > 0 && fits(leaf));
    if (leaves.length === 0) return null;
    const leaf = random.pick(leaves);
    const done = change(leaf, draft, random);
    if (!done) return null;
    const json = replaced(jsonOf(draft), leaf.place, done.by);
    return marked(draft, `${nameOf(leaf.place)}: ${done.mark}`, { body: { json } }, done.mustBeRefused);
  };

const isText = ({ value }: Leaf): boolean => typeof value === 'string';
const isNumber = ({ value }: Leaf): boolean => typeof value === 'number';

const isClosed = (schemas: Schema[]): boolean =>
  schemas.length > 0 && schemas.every((schema) => schema.enum !== undefined || schema.const !== undefined);

const longestOf = (schemas: Schema[]): number => Math.max(0, ...schemas.map(({ maxLength }) => maxLength ?? Infinity));

const nastyText = ofLeaf(isText, (_leaf, _draft, random) => {
  const text = random.pick(nastyTexts);
  return { mark: `the text ${JSON.stringify(text)}`, by: text };
});

const brokenText = ofLeaf(isText, (_leaf, _draft, random) => {
  const text = random.pick(brokenTexts);
  return { mark: `the text ${JSON.stringify(text)}`, by: text, mustBeRefused: true };
});

const wrongType = ofLeaf(
  (leaf) => isText(leaf) || isNumber(leaf),
  ({ value }, _draft, random) => {
    const by = random.pick([
      ...wrongValues.map((wrong) => ({ wrong })),
      { wrong: typeof value === 'string' ? 7 : '7' },
    ]);
    return { mark: `the value ${JSON.stringify(by.wrong)}`, by: by.wrong, mustBeRefused: true };
  },
);

const noValue = ofLeaf(
  () => true,
  () => ({ mark: 'null', by: null }),
);

const listOfIt = ofLeaf(
  (leaf) => typeof leaf.place.at(-1) !== 'number',
  ({ value }) => ({ mark: 'a list of it', by: [value, value], mustBeRefused: true }),
);

const empty = ofLeaf(isText, () => ({ mark: 'an empty text', by: '' }));

const notADate = ofLeaf(
  ({ value }) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  (_leaf, _draft, random) => ({ mark: 'no date', by: random.pick(notDates), mustBeRefused: true }),
);

/** Mutations that depend on what the document says of a field. */
const withSchema = (body: Schema): Mutation[] => [
  ofLeaf(isText, ({ place, value }) => {
    if (!isClosed(schemasAt(body, place))) return null;
    const text = String(value);
    const by = text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
    return by === text ? null : { mark: 'the wrong case', by, mustBeRefused: true };
  }),
  ofLeaf(isText, ({ place }, _draft, random) => {
    const longest = longestOf(schemasAt(body, place));
    const length = random.pick([1_000, 10_000, 200_000, 300_000]);
    const letter = random.pick(['x', 'é', '😀']);
    return { mark: `${length} times ${letter}`, by: letter.repeat(length), mustBeRefused: length > longest };
  }),
  (draft, random) => {
    const fields = fieldsOf(draft);
    if (!fields || Object.keys(fields).length === 0) return null;
    const name = random.pick(Object.keys(fields));
    const { [name]: _gone, ...rest } = fields;
    return marked(draft, `without ${name}`, { body: { json: rest } }, isRequired(body, name));
  },
  (draft, random) => {
    const fields = fieldsOf(draft);
    if (!fields || Object.keys(fields).length === 0) return null;
    const name = random.pick(Object.keys(fields));
    const other = random.pick([name.toUpperCase(), `${name} `, `${name}[]`, `${name}\u0000`, `_${name}`, `${name}.x`]);
    const renamed = Object.entries(fields).map(([key, value]) => [key === name ? other : key, value]);
    return marked(
      draft,
      `${name} as ${JSON.stringify(other)}`,
      { body: { json: Object.fromEntries(renamed) } },
      !hasField(body, other),
    );
  },
  (draft, random) => {
    const fields = fieldsOf(draft);
    if (!fields) return null;
    const name = random.pick(foreignFields);
    if (hasField(body, name)) return null;
    const value = random.pick([1, 'Admin', true, { isAdmin: true }, null]);
    const json = Object.fromEntries([...Object.entries(fields), [name, value]]);
    return marked(draft, `with ${name}`, { body: { json } }, true);
  },
];

/** The number is written into the text: JSON.stringify would round it or make it null. */
const extremeNumber: Mutation = (draft, random) => {
  const leaves = leavesOf(jsonOf(draft)).filter(isNumber);
  if (leaves.length === 0) return null;
  const { place } = random.pick(leaves);
  const number = random.pick(extremeNumbers);
  const hole = '\u2400';
  const raw = JSON.stringify(replaced(jsonOf(draft), place, hole)).replace(`"${hole}"`, number);
  const isNone = !Number.isSafeInteger(Number(number)) || Object.is(Number(number), -1);
  return marked(draft, `${nameOf(place)}: ${number}`, { body: { raw } }, isNone);
};

export const fieldMutations = ({ body }: Operation): Mutation[] =>
  body === null
    ? []
    : [
        nastyText,
        nastyText,
        brokenText,
        wrongType,
        noValue,
        listOfIt,
        empty,
        notADate,
        extremeNumber,
        ...withSchema(body),
      ];
