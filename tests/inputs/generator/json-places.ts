import type { Schema } from './document.ts';

export type Place = (string | number)[];

export interface Leaf {
  place: Place;
  value: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Each text, number, boolean and null in a JSON value, with its place. */
export const leavesOf = (value: unknown, place: Place = []): Leaf[] => {
  if (Array.isArray(value)) return value.flatMap((inner, index) => leavesOf(inner, [...place, index]));
  if (isObject(value)) return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...place, name]));
  return [{ place, value }];
};

/** The value with another one at this place. */
export const replaced = (value: unknown, [step, ...rest]: Place, by: unknown): unknown => {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((inner, index) => (index === step ? replaced(inner, rest, by) : inner));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === step ? replaced(inner, rest, by) : inner]),
  );
};

const branchesOf = (schema: Schema): Schema[] => {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return inner.length > 0 ? inner.flatMap(branchesOf) : [schema];
};

/** Every schema that may be meant for this place. */
export const schemasAt = (schema: Schema, [step, ...rest]: Place): Schema[] => {
  const branches = branchesOf(schema);
  if (step === undefined) return branches;
  return branches.flatMap(({ items, properties }) => {
    const next = typeof step === 'number' ? items : properties?.[step];
    return next ? schemasAt(next, rest) : [];
  });
};

/** Whether a field of this name is known to any form of the body. */
export const hasField = (schema: Schema, name: string): boolean =>
  branchesOf(schema).some(({ properties = {} }) => Object.hasOwn(properties, name));

/** Whether every form of the body that has this field needs it. */
export const isRequired = (schema: Schema, name: string): boolean => {
  const having = branchesOf(schema).filter(({ properties = {} }) => Object.hasOwn(properties, name));
  return having.length > 0 && having.every(({ required = [] }) => required.includes(name));
};
