import { parseArgs } from 'node:util';
import { orExit, readTemporalConfig } from '../../api/config.ts';
import { exitWith } from '../../api/operations/program.ts';
import { createTemporalClient } from '../../api/temporal/client.ts';
import { temporalProblem } from '../../api/temporal/probe.ts';
import { buildIdOf } from './build.ts';
import { workflowBundleOf } from './bundle.ts';
import { currentBuild, makeCurrent } from './current-build.ts';

// Releases a build, or goes back to an older one: `node activities/worker/make-current.ts [BUILD_ID]`. Without an id it is
// the build of the workflow code in this folder. Its workers must run, or start within a minute.

const { positionals } = parseArgs({ allowPositionals: true });
const config = orExit(readTemporalConfig);
const buildId = positionals[0] ?? config.WORKER_BUILD_ID ?? (await buildIdOf(await workflowBundleOf(config)));
const client = createTemporalClient(config);
try {
  exitWith(await temporalProblem(client, config.TEMPORAL_ADDRESS));
  const before = await currentBuild(client);
  if (before !== buildId) await makeCurrent(client, buildId);
  console.log(
    before === buildId ? `${buildId} is current already.` : `${buildId} is current now, ${before} was before.`,
  );
} finally {
  await client.connection.close();
}
