import { Client, Connection } from '@temporalio/client';
import { expect, inject, onTestFinished, test } from 'vitest';
import { queryOnce } from '../dev/postgres-address.ts';
import { freshDatabase, freshNamespace, openMailbox, testConfig } from './stack.ts';

test('a fresh database has every migration and no data', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
  onTestFinished(async () => {
    await Promise.all([one.drop(), other.drop()]);
  });
  await queryOnce(one.url, 'create table mine ()');
  const find = "select to_regclass('mine') is not null as mine, to_regclass('outbox') is not null as migrated";
  expect(await queryOnce(one.url, find)).toEqual([{ mine: true, migrated: true }]);
  expect(await queryOnce(other.url, find)).toEqual([{ mine: false, migrated: true }]);
});

test('a fresh namespace accepts workflows with our search attributes at once', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  onTestFinished(() => connection.close());
  const client = new Client({ connection, namespace: await freshNamespace() });
  const options = { taskQueue: 'workflow', workflowId: 'ticket:TX1', searchAttributes: { TicketNumber: ['TX1'] } };
  await client.workflow.start('ticketLifecycle', options);
  await expect.poll(async () => (await client.workflow.count('TicketNumber = "TX1"')).count).toBe(1);
});

test('the configuration of a test does not depend on the environment', async () => {
  const mailbox = await openMailbox();
  onTestFinished(() => mailbox.close());
  const config = testConfig({ DATABASE_URL: 'postgresql://127.0.0.1/none', SMTP_URL: mailbox.smtpUrl });
  expect(config).toMatchObject({ NODE_ENV: 'test', LOG_LEVEL: 'silent', SMTP_URL: mailbox.smtpUrl });
});
