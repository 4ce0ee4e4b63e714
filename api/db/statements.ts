import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import { type Condition, when } from './page.ts';
import { execute, type Sender } from './prepared.ts';

// A command reads and writes the tables of four modules while it holds its ticket. What each statement costs by itself,
// in the worker most of all, is more than what it does: so modules say what they want, and it is done in one.

/** A statement that writes, with the values of its question marks. */
export interface Write extends Condition {
  /** The name under which the writes behind it read what it returns. */
  as?: string;
}

/** A `select` whose rows are such. */
export interface Question<Row extends object> extends Condition {
  /** Never there: it tells the compiler what is asked. */
  readonly row?: Row;
}

export const question = <Row extends object>(sql: string, ...values: unknown[]): Question<Row> => when(sql, ...values);

export const ask = <Row extends object>(em: EntityManager, { sql, values }: Question<Row>): Promise<Row[]> =>
  execute<Row>(em, sql, values);

export type Asked = Record<string, Question<object>>;
export type Answers<Questions> = {
  [Key in keyof Questions]: Questions[Key] extends Question<infer Row> ? Row[] : never;
};

const valuesOf = (conditions: readonly Condition[]): unknown[] => conditions.flatMap(({ values }) => values);

const withAll = (writes: readonly Write[]): string => {
  if (writes.length === 0) return '';
  const parts = writes.map(({ sql, as }, place) => `${as ?? `write_${place}`} as (${sql})`);
  return `with ${parts.join(', ')} `;
};

/**
 * Asks all of them in one round trip; what is given is written by it, and the questions can read from it by its name.
 * PostgreSQL writes the rows as JSON: moments are text.
 */
export const askTogether = async <Questions extends Asked>(
  sender: Sender,
  asked: Questions,
  given: readonly Write[] = [],
): Promise<Answers<Questions>> => {
  const columns = Object.entries(asked).map(
    ([key, { sql }]) => `(select coalesce(json_agg(one), '[]') from (${sql}) one) as "${key}"`,
  );
  const values = valuesOf([...given, ...Object.values(asked)]);
  const [answers] = await sender.send<Answers<Questions>>(`${withAll(given)}select ${columns.join(', ')}`, values);
  if (!answers) throw new Error('PostgreSQL gave no answer');
  return answers;
};

/** Writes all of it in one round trip; all see the tables as they were before it. */
export const writeTogether = async (sender: Sender, writes: readonly Write[]): Promise<void> => {
  if (writes.length > 0) await sender.send(`${withAll(writes)}select`, valuesOf(writes));
};

const tableOf = <Entity extends object>(em: EntityManager, entity: EntityName<Entity>, values: Partial<Entity>) => {
  const { schema, tableName, properties } = em.getMetadata().get<Entity>(entity);
  const keys = Object.keys(values) as (keyof typeof properties & keyof Entity)[];
  const columns = keys.map((key) => ({
    key,
    name: properties[key].fieldNames[0] ?? '',
    isJson: properties[key].columnTypes[0] === 'jsonb',
  }));
  return {
    table: `${schema}."${tableName}"`,
    names: columns.map(({ name }) => `"${name}"`),
    /** The values of a row, for a question mark each. */
    values: (row: Partial<Entity>): unknown[] =>
      columns.map(({ key, isJson }) => (isJson && row[key] != null ? JSON.stringify(row[key]) : row[key])),
    /** A row by the names of its columns. */
    row: (row: Partial<Entity>) => Object.fromEntries(columns.map(({ key, name }) => [name, row[key]])),
  };
};

/** Rows for the table of an entity, all with the properties of the first. */
export const insertion = <Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  rows: readonly [Partial<Entity>, ...Partial<Entity>[]],
): Write => {
  const { table, names, values, row } = tableOf(em, entity, rows[0]);
  const columns = names.join(', ');
  const into = `insert into ${table} (${columns})`;
  if (rows.length === 1) return when(`${into} values (${names.map(() => '?').join(', ')})`, ...values(rows[0]));
  // However many there are, the text is the same, and with it the plan.
  return when(
    `${into} select ${columns} from json_populate_recordset(null::${table}, ?)`,
    JSON.stringify(rows.map(row)),
  );
};

/** Gives the rows that fit, those of a table `t`, new values. */
export const change = <Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  row: Partial<Entity>,
  where: Condition,
): Write => {
  const { table, names, values } = tableOf(em, entity, row);
  const set = names.map((name) => `${name} = ?`).join(', ');
  return when(`update ${table} t set ${set} where ${where.sql}`, ...values(row), ...where.values);
};
