import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { expect, onTestFinished, test } from 'vitest';
import { readStackConfig } from '../api/config.ts';
import { searchAttributes } from '../workflows/names.ts';
import { freePorts } from './ports.ts';
import { createSupervisor } from './processes.ts';
import { startTemporal } from './temporal.ts';
import { temporalBinary } from './temporal-binaries.ts';
import { indexesOf } from './temporal-indexes.ts';

const namespace = 'default';

const start = async (dbFile: string): Promise<Client> => {
  const say = (): void => undefined;
  const supervisor = createSupervisor({ say, firstDelayMs: 600_000 });
  onTestFinished(() => supervisor.stopAll());
  const { DATA_DIR, PATH } = readStackConfig();
  const [port = 0] = await freePorts(1);
  const binary = await temporalBinary({ dataDir: DATA_DIR, path: PATH, say });
  const { address } = await startTemporal({ supervisor, binary, port, dbFile, namespace, logFile: `${dbFile}.log` });
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  return new Client({ connection, namespace });
};

test('the development server keeps the indexes that flows are asked by, and answers by other columns too', async () => {
  const home = await mkdtemp(join(tmpdir(), 'temporal-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const dbFile = join(home, 'temporal.db');
  const { workflow } = await start(dbFile);

  const database = new DatabaseSync(dbFile, { readOnly: true });
  onTestFinished(() => database.close());
  expect(indexesOf(database)).toEqual(['by_status', 'by_workflow_id', 'default_idx']);

  const typedSearchAttributes = [
    { key: defineSearchAttributeKey(searchAttributes.step, SearchAttributeType.KEYWORD), value: 'Triage' },
  ];
  await workflow.start('anything', { workflowId: 'asked-for', taskQueue: 'nobody', typedSearchAttributes });
  const hits = (query: string) => expect.poll(() => workflow.count(query), { timeout: 10_000 });
  await hits("TaskQueue = 'nobody'").toMatchObject({ count: 1 });
  await hits(`${searchAttributes.step} = 'Triage'`).toMatchObject({ count: 1 });
  await hits(`${searchAttributes.step} = 'Resolve'`).toMatchObject({ count: 0 });
});
