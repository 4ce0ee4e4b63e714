import { orExit, readDatabaseConfig } from '../config.ts';
import { exitWith } from '../operations/program.ts';
import { openDatabase } from './orm.ts';
import { probeDatabase } from './probe.ts';

/** Brings the database to the newest shape; harmless when it has it already. Returns the names of what ran. */
export const migrate = async (databaseUrl: string): Promise<string[]> => {
  const orm = await openDatabase({ url: databaseUrl, pool: 2, limits: false });
  try {
    const ran = await orm.migrator.up();
    return ran.map((migration) => migration.name);
  } finally {
    await orm.close();
  }
};

if (import.meta.main) {
  const { DATABASE_URL } = orExit(readDatabaseConfig);
  exitWith((await probeDatabase(DATABASE_URL)).problem);
  const ran = await migrate(DATABASE_URL);
  console.log(ran.length === 0 ? 'The database is up to date.' : `Migrated: ${ran.join(', ')}`);
}
