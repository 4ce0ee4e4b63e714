import type { Operation, Parameter, Schema } from './document.ts';
import type { Draft } from './draft.ts';
import { type Known, type KnownTicket, valueNamed } from './known.ts';
import type { Random } from './random.ts';

interface Making {
  known: Known;
  ticket: KnownTicket | null;
  random: Random;
}

const sentence = 'Looked at it, and all of it is in order.';

const typeOf = ({ type }: Schema): string | undefined =>
  Array.isArray(type) ? type.find((name) => name !== 'null') : type;

const numberFor = ({ minimum, exclusiveMinimum, maximum }: Schema, random: Random): number => {
  const least = Math.max(minimum ?? 0, exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1);
  return Math.min(least + random.below(5), maximum ?? Number.MAX_SAFE_INTEGER);
};

const textFor = ({ format, minLength = 0, maxLength = 60 }: Schema): string => {
  if (format === 'date') return `${new Date().getFullYear() + 1}-12-31`;
  if (format === 'date-time') return '2099-12-31T12:00:00.000Z';
  if (format === 'email') return 'nobody@example.com';
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000';
  if (format === 'uri') return 'https://example.com/';
  return sentence.padEnd(minLength, '.').slice(0, maxLength);
};

/** An object with all required fields and some of the others. */
const objectFor = ({ properties = {}, required = [] }: Schema, making: Making): Record<string, unknown> => {
  const names = Object.keys(properties).filter((name) => required.includes(name) || making.random.chance(50));
  return Object.fromEntries(names.map((name) => [name, valueFor(properties[name] ?? {}, name, making)]));
};

const listFor = ({ items = {}, minItems = 0, maxItems = 3 }: Schema, name: string, making: Making): unknown[] => {
  const length = Math.min(maxItems, minItems + making.random.below(3));
  return Array.from({ length }, () => valueFor(items, name, making));
};

/** A value that this schema accepts; a real one when the name is known. */
const valueFor = (schema: Schema, name: string, making: Making): unknown => {
  const real = valueNamed(name, making.known, making.ticket, making.random);
  if (real !== null) return real;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return making.random.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return valueFor(making.random.pick(choices), name, making);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => valueFor(part, name, making)));
  switch (typeOf(schema)) {
    case 'object':
      return objectFor(schema, making);
    case 'array':
      return listFor(schema, name, making);
    case 'integer':
    case 'number':
      return numberFor(schema, making.random);
    case 'boolean':
      return making.random.chance(50);
    case 'null':
      return null;
    default:
      return textFor(schema);
  }
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A valid request, as far as the document knows. */
export const validDraft = (operation: Operation, as: string, known: Known, random: Random): Draft => {
  const ticket = known.tickets.length > 0 ? random.pick(known.tickets) : null;
  const making: Making = { known, ticket, random };
  const valueOfOne = ({ schema, name }: Parameter): string => asText(valueFor(schema, name, making));
  const wanted = operation.parameters.filter(({ required }) => required === true || random.chance(30));
  const of = (place: Parameter['in']): [string, string][] =>
    wanted.filter((parameter) => parameter.in === place).map((parameter) => [parameter.name, valueOfOne(parameter)]);
  return {
    method: operation.method,
    path: operation.path,
    inPath: Object.fromEntries(of('path')),
    query: of('query').map(([name, value]) => [name, encodeURIComponent(value)]),
    headers: of('header'),
    body: operation.body ? { json: valueFor(operation.body, '', making) } : undefined,
    as,
    marks: [],
    mustBeRefused: false,
  };
};
