import type { EntityKey, EntityManager, EntityName } from '@mikro-orm/postgresql';
import type { Condition } from './page.ts';
import { ask, type Question, question } from './statements.ts';

/** How properties of an entity are read by a statement of our own. */
export interface Shape<Row> {
  /** The columns under the names of their properties, for a `select`. */
  columns: string;
  /** A row as PostgreSQL writes it, with moments as dates. */
  read(row: object): Row;
}

/**
 * Lists and pages read plain rows: an entity that nobody changes costs several times as much, for its unit of work, as
 * its row. The properties keep their names and types, so that views do not tell one from the other.
 */
export const shapeOf = <Entity extends object, Key extends EntityKey<Entity> & keyof Entity>(
  em: EntityManager,
  entity: EntityName<Entity>,
  keys: readonly Key[],
  alias: string,
): Shape<Pick<Entity, Key>> => {
  const { properties } = em.getMetadata().get<Entity>(entity);
  const columns = keys.map((key) => `${alias}."${properties[key].fieldNames[0]}" as "${key}"`);
  const moments = keys.filter((key) => properties[key].runtimeType === 'Date');
  return {
    columns: columns.join(', '),
    read(row) {
      const copy: Record<string, unknown> = { ...row };
      for (const key of moments) {
        const moment = copy[key];
        if (typeof moment === 'string') copy[key] = new Date(moment);
      }
      return copy as Pick<Entity, Key>;
    },
  };
};

/** Asks for plain rows of an entity's table `t`; the condition is all that stands behind its name. */
export const rowsWith = <Entity extends object, Key extends EntityKey<Entity> & keyof Entity>(
  em: EntityManager,
  entity: EntityName<Entity>,
  keys: readonly Key[],
  { sql, values }: Condition,
): Question<object> => {
  const { schema, tableName } = em.getMetadata().get<Entity>(entity);
  return question(`select ${shapeOf(em, entity, keys, 't').columns} from ${schema}.${tableName} t ${sql}`, ...values);
};

/** The plain rows that `rowsWith` asks for. */
export const selectRows = async <Entity extends object, Key extends EntityKey<Entity> & keyof Entity>(
  em: EntityManager,
  entity: EntityName<Entity>,
  keys: readonly Key[],
  condition: Condition,
): Promise<Pick<Entity, Key>[]> => {
  const rows = await ask(em, rowsWith(em, entity, keys, condition));
  return rows.map(shapeOf(em, entity, keys, 't').read);
};
