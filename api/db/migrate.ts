import { readConfig } from '../config.ts';
import { openDatabase } from './orm.ts';

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
  const ran = await migrate(readConfig().DATABASE_URL);
  console.log(ran.length === 0 ? 'The database is up to date.' : `Migrated: ${ran.join(', ')}`);
}
