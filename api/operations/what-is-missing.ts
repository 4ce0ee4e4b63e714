import { type Config, orExit, readConfig } from '../config.ts';
import { createContext } from '../context.ts';
import { probeDatabase } from '../db/probe.ts';
import { createTemporalClient } from '../temporal/client.ts';
import { temporalProblem } from '../temporal/probe.ts';
import { checkReadiness } from './health.ts';

/**
 * A sentence for each thing that the product misses, for whoever has a terminal on its machine. `/readyz` tells only whether
 * there is one, and the page for admins needs PostgreSQL to know who asks.
 */
export const whatIsMissing = async (config: Config): Promise<string[]> => {
  const { state, problem } = await probeDatabase(config.DATABASE_URL);
  if (state === 'away' && problem !== null) {
    const client = createTemporalClient(config);
    const alsoTemporal = await temporalProblem(client, config.TEMPORAL_ADDRESS);
    await client.connection.close();
    return [problem, ...(alsoTemporal === null ? [] : [alsoTemporal])];
  }
  const context = await createContext({ ...config, DATABASE_POOL: 2, LOG_LEVEL: 'silent' }, 'what-is-missing');
  try {
    return (await checkReadiness(context)).missing;
  } finally {
    await context.close();
  }
};

if (import.meta.main) {
  const missing = await whatIsMissing(orExit(readConfig));
  console.log(missing.length === 0 ? 'Nothing is missing.' : missing.join('\n'));
  process.exitCode = Math.min(1, missing.length);
}
