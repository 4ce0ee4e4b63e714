import { join } from 'node:path';
import { environmentWith } from '../../api/config.ts';
import type { SeedCommand } from '../../workflows/seed/names.ts';
import type { Servers } from './servers.ts';

/** Runs `npm run seed -- <command>` to its end. Returns the seconds that it took. */
export const seed = async (servers: Servers, command: SeedCommand): Promise<number> => {
  const started = performance.now();
  await servers.supervisor.runOnce({
    name: 'seed',
    command: process.execPath,
    args: ['seeds/run.ts', command],
    env: environmentWith({
      TEMPORAL_ADDRESS: servers.temporalAddress,
      TEMPORAL_NAMESPACE: servers.namespace,
    }),
    logFile: join(servers.folder, 'seed.log'),
  });
  return (performance.now() - started) / 1_000;
};
