import { resolve } from 'node:path';
import type { StackConfig } from '../api/config.ts';
import type { Say } from './launch.ts';
import { logFileOf } from './log-file.ts';
import { startMailbox } from './mail.ts';
import type { PortWish } from './ports.ts';
import { assertDatabaseAnswers, startPostgres } from './postgres.ts';
import { databaseUrl } from './postgres-address.ts';
import type { Supervisor } from './processes.ts';
import { prepareTemporal, startTemporal } from './temporal.ts';
import { temporalBinary } from './temporal-binaries.ts';

/** A server that the product needs: the settings with which it is reached, and the addresses that people open. */
export interface Server {
  settings: Record<string, string>;
  addresses: (readonly [label: string, address: string])[];
  close?(): Promise<void>;
}

interface Start {
  config: StackConfig;
  supervisor: Supervisor;
  say: Say;
}

export const postgresFolder = ({ DATA_DIR }: StackConfig): string => resolve(DATA_DIR, 'postgres');

/** The ports of the servers that are started here; a setting may name servers elsewhere. */
export const portsOfServers = (config: StackConfig): PortWish[] => [
  ...(config.DATABASE_URL ? [] : [{ port: config.POSTGRES_PORT, setting: 'POSTGRES_PORT', what: 'PostgreSQL' }]),
  ...(config.TEMPORAL_ADDRESS
    ? []
    : [
        { port: config.TEMPORAL_PORT, setting: 'TEMPORAL_PORT', what: 'Temporal' },
        { port: config.TEMPORAL_UI_PORT, setting: 'TEMPORAL_UI_PORT', what: 'Temporal Web' },
      ]),
  ...(config.SMTP_URL
    ? []
    : [
        { port: config.MAIL_SMTP_PORT, setting: 'MAIL_SMTP_PORT', what: 'incoming mail' },
        { port: config.MAIL_PORT, setting: 'MAIL_PORT', what: 'the mail inbox' },
      ]),
];

export const startDatabase = async ({ config, supervisor }: Start): Promise<Server> => {
  const { DATABASE_URL: elsewhere, POSTGRES_PORT: port } = config;
  if (elsewhere) {
    await assertDatabaseAnswers(elsewhere);
    return { settings: { DATABASE_URL: elsewhere }, addresses: [] };
  }
  const options = { folder: postgresFolder(config), port, logFile: await logFileOf(config.DATA_DIR, 'postgres') };
  const { url } = await startPostgres({ supervisor, ...options });
  return { settings: { DATABASE_URL: url }, addresses: [['PostgreSQL', databaseUrl(port)]] };
};

export const startWorkflowServer = async ({ config, supervisor, say }: Start): Promise<Server> => {
  const { TEMPORAL_ADDRESS: elsewhere, TEMPORAL_NAMESPACE: namespace, TEMPORAL_API_KEY: apiKey } = config;
  if (elsewhere) {
    await prepareTemporal({ address: elsewhere, namespace, apiKey });
    return { settings: { TEMPORAL_ADDRESS: elsewhere }, addresses: [] };
  }
  const tell = (text: string): void => say('temporal', text);
  const { address } = await startTemporal({
    supervisor,
    binary: await temporalBinary({ dataDir: config.DATA_DIR, path: config.PATH, say: tell }),
    port: config.TEMPORAL_PORT,
    uiPort: config.TEMPORAL_UI_PORT,
    dbFile: resolve(config.DATA_DIR, 'temporal', 'temporal.db'),
    namespace,
    logFile: await logFileOf(config.DATA_DIR, 'temporal'),
  });
  const ui = config.TEMPORAL_UI_URL ?? `http://localhost:${config.TEMPORAL_UI_PORT}`;
  return { settings: { TEMPORAL_ADDRESS: address, TEMPORAL_UI_URL: ui }, addresses: [['Temporal Web', ui]] };
};

export const startMail = async ({ config }: Start): Promise<Server> => {
  if (config.SMTP_URL) return { settings: { SMTP_URL: config.SMTP_URL }, addresses: [] };
  const { MAIL_SMTP_PORT: smtpPort, MAIL_PORT: pagePort } = config;
  const { close } = await startMailbox({ smtpPort, pagePort, host: '127.0.0.1' });
  return {
    settings: { SMTP_URL: `smtp://127.0.0.1:${smtpPort}` },
    addresses: [['Mail inbox', `http://localhost:${pagePort}`]],
    close,
  };
};
