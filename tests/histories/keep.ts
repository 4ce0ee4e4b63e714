import { writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const machine = [hostname(), homedir(), root.replace(/\/$/, '')].filter((text) => text.length > 1);

/** What a server or worker writes about the machine it runs on; a replay does not look at it. */
const replaced: Record<string, string> = { identity: 'recorder', stackTrace: '' };

const scrubbed = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((item) => scrubbed(item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, scrubbed(item, name)]));
  if (typeof value !== 'string') return value;
  if (key in replaced) return replaced[key];
  // The queue that a worker keeps for itself bears process and machine in its name.
  return machine.some((text) => value.includes(text)) || /^\d+@/.test(value) ? 'recorder' : value;
};

interface Recorded {
  workflowId: string;
  fetchHistory(): Promise<Parameters<typeof historyToJSON>[0]>;
}

/** Stores the history of a workflow in this folder, one event a line, without what tells of the machine. */
export const keepHistory = async (name: string, workflow: Recorded): Promise<void> => {
  const { events } = JSON.parse(historyToJSON(await workflow.fetchHistory()));
  const lines = events.map((event: unknown) => JSON.stringify(scrubbed(event)));
  const text = `{"workflowId":${JSON.stringify(workflow.workflowId)},"events":[\n${lines.join(',\n')}\n]}\n`;
  await writeFile(new URL(`${name}.json`, import.meta.url), text);
};
