import { readdir, readFile } from 'node:fs/promises';
import { Worker } from '@temporalio/worker';

const folder = new URL('histories/', import.meta.url);

export interface StoredHistory {
  name: string;
  /** The content of the file. */
  text: string;
  workflowId: string;
  /** The JSON from Temporal Web or `temporal workflow show --output json`, which the SDK can replay. */
  history: { events: object[] };
}

/** All stored histories; each file holds one and the id of its workflow. */
export const storedHistories = async (): Promise<StoredHistory[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(new URL(file, folder), 'utf8');
      const { workflowId, events } = JSON.parse(text);
      return { name: file.replace('.json', ''), text, workflowId, history: { events } };
    }),
  );
};

export interface Divergence {
  name: string;
  /** `DeterminismViolationError`, or `ReplayError` when the code failed before the SDK could compare. */
  error: string;
}

/** The histories that this code does not replay. */
export const divergent = async (code: string, histories: readonly StoredHistory[]): Promise<Divergence[]> => {
  const found: Divergence[] = [];
  // Replays run one after the other and give one result each, in order.
  const names = histories.values();
  for await (const { error } of Worker.runReplayHistories({ workflowBundle: { code } }, histories)) {
    const { name = '' } = names.next().value ?? {};
    if (error) found.push({ name, error: error.name });
  }
  return found;
};

/** The text of a history, with its payloads decoded. */
export const textOf = ({ text }: StoredHistory): string =>
  text.replace(/"data":"([A-Za-z0-9+/=]+)"/g, (_, data: string) => Buffer.from(data, 'base64').toString());
