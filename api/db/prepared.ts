import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

// Goes with the last statement that is written as a string.

/** Where statements go. */
export interface Sender {
  /** @throws as `em.execute` does. */
  send<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The rows of a statement with a value for each `?`, in the transaction of `em` if there is one. @throws as `em.execute` does. */
export const execute = async <Row>(em: EntityManager, sql: string, values: readonly unknown[] = []): Promise<Row[]> => {
  let last = 0;
  const numbered = sql.replaceAll('?', () => {
    last += 1;
    return `$${last}`;
  });
  try {
    return (await em.getKysely().executeQuery<Row>(CompiledQuery.raw(numbered, [...values]))).rows;
  } catch (error) {
    throw error instanceof Error ? em.getDriver().convertException(error) : error;
  }
};

/** Sends one statement after the other, in the transaction of `em` if there is one. */
export const sendWith = (em: EntityManager): Sender => ({ send: (sql, values) => execute(em, sql, values) });
