import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Connection, type WorkflowHandle } from '@temporalio/client';
import { readStackConfig } from '../../api/config.ts';
import { temporalBinary } from '../../dev/temporal-binaries.ts';

const run = promisify(execFile);

const root = fileURLToPath(new URL('../..', import.meta.url));
const machine = [hostname(), homedir(), root.replace(/\/$/, '')].filter((text) => text.length > 1);

/** Fields with details of the recording machine; a replay ignores them. */
const replaced: Record<string, string> = { identity: 'recorder', stackTrace: '' };

const scrubbed = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((item) => scrubbed(item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, scrubbed(item, name)]));
  if (typeof value !== 'string') return value;
  if (key in replaced) return replaced[key];
  // A worker's own sticky queue has process and machine in its name.
  return machine.some((text) => value.includes(text)) || /^\d+@/.test(value) ? 'recorder' : value;
};

const mostBytes = 64 * 1024 * 1024;

/** The history in the form of `temporal workflow show`, which the SDK documents for replays. */
const historyOf = async ({ workflowId, client }: WorkflowHandle): Promise<{ events: unknown[] }> => {
  if (!(client.connection instanceof Connection))
    throw new Error('The client has a connection without an address; record with a Connection');
  const { DATA_DIR: dataDir, PATH: path } = readStackConfig();
  const temporal = await temporalBinary({ dataDir, path, say: console.log });
  const { address } = client.connection.options;
  const where = ['--address', address, '--namespace', client.options.namespace, '--workflow-id', workflowId];
  const form = ['--output', 'json', '--no-json-shorthand-payloads'];
  const { stdout } = await run(temporal, ['workflow', 'show', ...where, ...form], { maxBuffer: mostBytes });
  return JSON.parse(stdout);
};

/** Stores a workflow's history in this folder, one event per line, without details of the machine. */
export const keepHistory = async (name: string, workflow: WorkflowHandle): Promise<void> => {
  const { events } = await historyOf(workflow);
  const lines = events.map((event) => JSON.stringify(scrubbed(event)));
  const text = `{"workflowId":${JSON.stringify(workflow.workflowId)},"events":[\n${lines.join(',\n')}\n]}\n`;
  await writeFile(new URL(`${name}.json`, import.meta.url), text);
};
