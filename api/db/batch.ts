import { type Connection, type PoolClient, type Submittable, types } from 'pg';

// Statements that are sent together, with one word behind them that all is said: PostgreSQL answers all of them at once.
// By themselves, each one's answer is a packet of its own, which costs both sides more than most statements do. `pg` takes
// whatever knows how to submit itself, and hands it the answers; its cursors and streams are made in this way, too.

interface Statement {
  text: string;
  values: readonly (string | null)[];
  done(rows: object[]): void;
  failed(error: unknown): void;
}

interface Field {
  name: string;
  dataTypeID: number;
}

/** What `pg` calls with the answers. */
interface Listener extends Submittable {
  handleRowDescription(message: { fields: Field[] }): void;
  handleDataRow(message: { fields: (string | null)[] }): void;
  handleCommandComplete(): void;
  handleReadyForQuery(): void;
  handleError(error: unknown, connection: Connection): void;
}

/** The statements that a connection has prepared, by their texts. */
const namesOn = new WeakMap<Connection, Map<string, string>>();
let lastName = 0;

const knownTo = (connection: Connection): Map<string, string> => {
  const known = namesOn.get(connection) ?? new Map<string, string>();
  namesOn.set(connection, known);
  return known;
};

/** Answers the texts that are prepared with it. */
const send = (connection: Connection, statements: readonly Statement[]): Set<string> => {
  const known = knownTo(connection);
  const fresh = new Set<string>();
  for (const { text, values } of statements) {
    let name = known.get(text);
    if (name === undefined) {
      lastName += 1;
      name = `batch_${lastName}`;
      known.set(text, name);
      fresh.add(text);
      connection.parse({ name, text, types: [] }, true);
    }
    connection.bind({ statement: name, values: [...values] }, true);
    connection.describe({ type: 'P' }, true);
    connection.execute(null, true);
  }
  connection.sync();
  return fresh;
};

const rowOf = (fields: readonly Field[], values: readonly (string | null)[]): object =>
  Object.fromEntries(
    fields.map(({ name, dataTypeID }, place) => {
      const value = values[place] ?? null;
      return [name, value === null ? null : types.getTypeParser(dataTypeID, 'text')(value)];
    }),
  );

const batchOf = (statements: readonly Statement[]): Listener => {
  const answers: object[][] = [];
  let fresh = new Set<string>();
  let fields: Field[] = [];
  let rows: object[] = [];
  return {
    submit(connection) {
      const { stream } = connection;
      stream.cork();
      fresh = send(connection, statements);
      stream.uncork();
    },
    handleRowDescription(message) {
      fields = message.fields;
    },
    handleDataRow(message) {
      rows.push(rowOf(fields, message.fields));
    },
    handleCommandComplete() {
      answers.push(rows);
      rows = [];
    },
    handleReadyForQuery() {
      for (const [place, { done }] of statements.entries()) done(answers[place] ?? []);
    },
    // PostgreSQL leaves out those behind the one that failed. Whether that one was prepared it does not say: under another
    // name it can be, in any case.
    handleError(error, connection) {
      for (const { text } of statements.slice(answers.length)) if (fresh.has(text)) knownTo(connection).delete(text);
      for (const { failed } of statements) failed(error);
    },
  };
};

const asText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') throw new TypeError('A statement takes texts, numbers, moments and truths');
  return String(value);
};

/**
 * Sends over this connection; what is said before anybody waits goes out as one batch. When one of a batch fails, all of
 * it is told so: it is for transactions, which that ends.
 */
export const batchesOver = (connection: PoolClient) => {
  let said: Statement[] = [];
  const sendAll = (): void => {
    const batch = batchOf(said);
    said = [];
    connection.query(batch);
  };
  return <Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> => {
    const { promise, resolve, reject } = Promise.withResolvers<Row[]>();
    const statement = {
      text,
      values: values.map(asText),
      done: (rows: object[]) => resolve(rows as Row[]),
      failed: reject,
    };
    if (said.length === 0) queueMicrotask(sendAll);
    said.push(statement);
    return promise;
  };
};
