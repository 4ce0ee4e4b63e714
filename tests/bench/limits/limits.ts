import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Program, startProgram } from '../../rig/programs.ts';
import type { Servers } from '../../rig/servers.ts';
import { buildEmptyPage } from './empty-page.ts';
import type { Plan } from './plan.ts';

/** The bare programs that the product is compared with. */
export interface Limits {
  server: Program;
  worker: Program;
  /** Gives the bare server the statements of each row. */
  usePlan(plan: Plan): Promise<void>;
}

export const startLimits = async (servers: Servers): Promise<Limits> => {
  const planFile = join(servers.folder, 'plan.json');
  const pageFolder = join(servers.folder, 'empty-page');
  await buildEmptyPage(pageFolder);
  const [server, worker] = await Promise.all([
    startProgram(servers, {
      name: 'limit-server',
      file: 'tests/bench/limits/server.ts',
      args: [planFile, pageFolder],
      ready: 'limit ready',
    }),
    startProgram(servers, {
      name: 'limit-worker',
      file: 'tests/bench/limits/worker.ts',
      ready: 'limit ready',
    }),
  ]);
  return {
    server,
    worker,
    async usePlan(plan) {
      await writeFile(planFile, JSON.stringify(plan));
      const answer = await fetch(`${server.url}/plan`, { method: 'POST' });
      if (!answer.ok) throw new Error(`The bare server did not take the plan: ${await answer.text()}`);
    },
  };
};
