import { orExit, readStackConfig } from '../api/config.ts';
import { migrate } from '../api/db/migrate.ts';
import { assertPortsFree } from './ports.ts';
import { assertDatabaseAnswers } from './postgres.ts';
import { databaseUrl, queryOnce } from './postgres-address.ts';
import { StackProblem } from './problem.ts';
import { createSupervisor } from './processes.ts';
import { startDatabase } from './servers.ts';
import { sayToTerminal as say } from './terminal.ts';

const config = orExit(readStackConfig);
const supervisor = createSupervisor({ say });

const answers = async (url: string): Promise<boolean> => {
  try {
    await queryOnce(url, 'select 1');
    return true;
  } catch {
    return false;
  }
};

/** The database of DATABASE_URL, or the one of the running stack, or the stack's own, started just for this. */
const database = async (): Promise<string> => {
  const ours = databaseUrl(config.POSTGRES_PORT);
  if (config.DATABASE_URL) {
    await assertDatabaseAnswers(config.DATABASE_URL);
    return config.DATABASE_URL;
  }
  if (await answers(ours)) return ours;
  await assertPortsFree([{ port: config.POSTGRES_PORT, setting: 'POSTGRES_PORT', what: 'PostgreSQL' }]);
  await startDatabase({ config, supervisor, say });
  return ours;
};

try {
  const ran = await migrate(await database());
  console.log(ran.length === 0 ? 'The database is up to date.' : `Migrated: ${ran.join(', ')}`);
} catch (error) {
  if (!(error instanceof StackProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await supervisor.stopAll();
}
