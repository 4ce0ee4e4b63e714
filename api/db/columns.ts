import type { SnakeCase } from '@mikro-orm/postgresql';

/** Columns of a table under the names of their properties. */
export type Columns<Alias extends string, Property extends string> = {
  [Name in Property]: `${Alias}.${SnakeCase<Name>} as ${Name}`;
}[Property][];

const columnOf = (property: string): string => property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * What to `select` so that a plain row has the properties of an entity. Lists and pages read such rows: an entity that
 * nobody changes costs several times as much, because the unit of work keeps a copy of it.
 */
export const columnsOf = <const Alias extends string, const Property extends string>(
  alias: Alias,
  properties: readonly Property[],
): Columns<Alias, Property> =>
  properties.map((property) => `${alias}.${columnOf(property)} as ${property}`) as Columns<Alias, Property>;
