import { randomBytes } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common';
import { inject } from 'vitest';
import { type Config, readConfig } from '../api/config.ts';
import { type Mailbox, startMailbox } from '../dev/mail.ts';
import { freePorts } from '../dev/ports.ts';
import { queryOnce } from '../dev/postgres-address.ts';
import { prepareTemporal } from '../dev/temporal.ts';
import { generousLimits } from './rig/limits.ts';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

const patienceMs = 30_000;

const uniqueName = (): string => `test_${randomBytes(6).toString('hex')}`;

/** Creates an empty, migrated database; each test file has its own. */
export const freshDatabase = async (): Promise<TestDatabase> => {
  const admin = inject('adminDatabaseUrl');
  const name = uniqueName();
  await queryOnce(admin, `create database ${name} template ${inject('templateDatabase')} owner app`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await queryOnce(admin, `drop database if exists ${name} with (force)`);
    },
  };
};

/** Creates a Temporal namespace, so that the workers of two test files never take each other's tasks. */
export const freshNamespace = async (): Promise<string> => {
  const namespace = uniqueName();
  const address = inject('temporalAddress');
  // A long timeout, because the machine may be busy.
  const connection = await Connection.connect({ address, connectTimeout: patienceMs });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
  } finally {
    await connection.close();
  }
  await prepareTemporal({ address, namespace, callWithinMs: patienceMs });
  return namespace;
};

/** A complete configuration that ignores the environment variables. */
export const testConfig = (overrides: Pick<Config, 'DATABASE_URL'> & Partial<Config>): Config => ({
  ...readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: overrides.DATABASE_URL,
    DATABASE_POOL: '8',
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    // Nothing listens there; a test that expects mail starts a mailbox.
    SMTP_URL: 'smtp://127.0.0.1:9',
    ...generousLimits,
  }),
  ...overrides,
});

export interface TestMailbox extends Mailbox {
  smtpUrl: string;
}

export const openMailbox = async (): Promise<TestMailbox> => {
  const [smtpPort = 0, pagePort = 0] = await freePorts(2);
  const mailbox = await startMailbox({ smtpPort, pagePort, host: '127.0.0.1' });
  return { ...mailbox, smtpUrl: `smtp://127.0.0.1:${smtpPort}` };
};
