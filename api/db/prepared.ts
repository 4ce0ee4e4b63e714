import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { batchesOver } from './batch.ts';

// PostgreSQL takes longer to plan the statements of a command or of a submission than to carry them out. MikroORM writes
// values into the text, so that each one is new to it; here a text is planned once for each connection.

/** The texts that were ever asked, by the form that we write: with `$1` for each question mark. There are a few dozen. */
const texts = new Map<string, string>();

const numbered = (sql: string): string => {
  const known = texts.get(sql);
  if (known !== undefined) return known;
  let last = 0;
  const text = sql.replaceAll('?', () => {
    last += 1;
    return `$${last}`;
  });
  texts.set(sql, text);
  return text;
};

/** Where statements go. */
export interface Sender {
  /**
   * Sends a statement behind those that were sent before, whether they are answered or not.
   * @throws as `em.execute` does.
   */
  send<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Sends over this connection alone; what is sent in one go is answered together. */
export const sendOver = (em: EntityManager, connection: PoolClient): Sender => {
  const send = batchesOver(connection);
  return {
    send: <Row extends object>(sql: string, values: readonly unknown[] = []) =>
      send<Row>(numbered(sql), values).catch((error: unknown) => {
        throw converted(em, error);
      }),
  };
};

const converted = (em: EntityManager, error: unknown): unknown =>
  error instanceof Error ? em.getDriver().convertException(error) : error;

/**
 * The rows of a statement whose text is always the same, in the transaction of `em` if there is one. Unlike `?` of
 * `em.execute`, one stands for one value.
 * @throws as `em.execute` does.
 */
export const execute = async <Row>(em: EntityManager, sql: string, values: readonly unknown[] = []): Promise<Row[]> => {
  const text = numbered(sql);
  try {
    return em.isInTransaction() ? await inTransaction<Row>(em, text, values) : await byItself<Row>(em, text, values);
  } catch (error) {
    throw converted(em, error);
  }
};

const inTransaction = async <Row>(em: EntityManager, text: string, values: readonly unknown[]): Promise<Row[]> =>
  (await em.getKysely().executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;

// Straight to `pg`: there is nothing for kysely to build, and its way around costs some fifty microseconds.
const byItself = async <Row>(em: EntityManager, text: string, values: readonly unknown[]): Promise<Row[]> => {
  const connection = await connectionOf(em);
  try {
    return (await connection.query(text, [...values])).rows;
  } finally {
    connection.release();
  }
};

/** A connection of the pool; who takes it releases it. */
export const connectionOf = async (em: EntityManager): Promise<PoolClient> => {
  const pool = await em.getConnection().getNativeClient();
  return pool.connect();
};

/** Sends one statement after the other, in the transaction of `em` if there is one. */
export const sendWith = (em: EntityManager): Sender => ({ send: (sql, values) => execute(em, sql, values) });

interface Asked {
  query(...args: unknown[]): unknown;
}

/** Lets the connections of the pool prepare what comes with values beside its text. */
export const prepareStatements = (pool: Pool): void => {
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? createHash('sha256').update(text).digest('base64url');
    names.set(text, name);
    return name;
  };
  pool.on('connect', (connection: Asked) => {
    const query = connection.query.bind(connection);
    connection.query = (text, values, ...rest) =>
      typeof text === 'string' && Array.isArray(values) && values.length > 0
        ? query({ name: nameOf(text), text, values }, ...rest)
        : query(text, values, ...rest);
  });
};
