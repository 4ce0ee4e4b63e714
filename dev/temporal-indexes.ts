import { DatabaseSync } from 'node:sqlite';

const kept = ['default_idx', 'by_workflow_id', 'by_status'];
const rowsOfFlows = "type = 'index' and tbl_name = 'executions_visibility' and sql <> ''";

/** The indexes that the development server's database keeps of its flows, without those that SQLite makes itself. */
export const indexesOf = (database: DatabaseSync): string[] =>
  database
    .prepare(`select name from sqlite_schema where ${rowsOfFlows} order by name`)
    .all()
    .map(({ name }) => String(name));

/**
 * The development server keeps an index for each search attribute that there could be, and rewrites all of them at every
 * change of one. This keeps those that pages of Temporal Web are read by; questions by other columns are still answered,
 * by reading all rows, of which a machine for development has thousands.
 * @param file the server's database, which may be in use
 */
export const dropUnusedIndexes = (file: string): void => {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    const unused = indexesOf(database).filter((name) => !kept.includes(name));
    if (unused.length === 0) return;
    const drops = unused.map((name) => `drop index "${name}";`);
    database.exec(['begin immediate;', ...drops, 'commit;'].join('\n'));
  } finally {
    database.close();
  }
};
