import { readdir, readFile } from 'node:fs/promises';
import { Worker } from '@temporalio/worker';

const folder = new URL('histories/', import.meta.url);

export interface StoredHistory {
  name: string;
  /** As it lies in the file. */
  text: string;
  workflowId: string;
  /** The JSON that Temporal Web and `temporal workflow show --output json` write, as the SDK takes it for a replay. */
  history: { events: object[] };
}

/** All histories of the folder; each file holds one, with the id of its workflow. */
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

/** The histories that this code, had it been at work then, would have continued otherwise. */
export const divergent = async (code: string, histories: readonly StoredHistory[]): Promise<Divergence[]> => {
  const found: Divergence[] = [];
  // They are replayed one after the other, and each gives one result.
  const names = histories.values();
  for await (const { error } of Worker.runReplayHistories({ workflowBundle: { code } }, histories)) {
    const { name = '' } = names.next().value ?? {};
    if (error) found.push({ name, error: error.name });
  }
  return found;
};

/** All that can be read in a history, what is encoded in it included. */
export const textOf = ({ text }: StoredHistory): string =>
  text.replace(/"data":"([A-Za-z0-9+/=]+)"/g, (_, data: string) => Buffer.from(data, 'base64').toString());
