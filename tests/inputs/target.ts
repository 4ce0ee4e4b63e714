import type { Config } from '../../api/config.ts';
import type { Context } from '../../api/context.ts';
import { freePorts } from '../../dev/ports.ts';
import { openDesk } from '../desk.ts';
import type { Place } from '../factories.ts';
import { openMailbox } from '../stack.ts';
import { startSystem } from '../system.ts';
import { startWatchedApi, type WatchedApi } from './watch.ts';

/** A running API that takes requests over its socket. `app` is a second one in this process, to prepare the data with. */
export interface Target extends Place {
  context: Context;
  port: number;
  /** The address that people type, which our pages send as their Origin. */
  origin: string;
  api: WatchedApi;
  /** False when there is no Temporal server. */
  hasWorkflows: boolean;
  close(): Promise<void>;
}

interface Parts extends Place {
  close(): Promise<void>;
}

const attach = async (
  place: Parts,
  { hasWorkflows, program, also }: { hasWorkflows: boolean; program?: string; also?: () => Promise<void> },
): Promise<Target> => {
  const [port = 0] = await freePorts(1);
  const { config } = place.context;
  const api = await startWatchedApi({ ...config, PORT: port }, program);
  return {
    context: place.context,
    app: place.app,
    port,
    origin: config.PUBLIC_URL,
    api,
    hasWorkflows,
    async close() {
      try {
        await api.stop();
      } finally {
        await place.close();
        await also?.();
      }
    },
  };
};

type Settings = Partial<Config>;

/** API and PostgreSQL, for requests that are refused before any workflow sees them. `program` replaces the API. */
export const openTarget = async (settings: Settings = {}, program?: string): Promise<Target> =>
  // Without Temporal the reconciler could only wait for it, also when the API is to stop.
  attach(await openDesk({ RECONCILE_SECONDS: 0, ...settings }), { hasWorkflows: false, program });

/** The whole product, with workers and a mailbox. */
export const openWholeTarget = async (settings: Settings = {}): Promise<Target> => {
  const mailbox = await openMailbox();
  return attach(await startSystem({ SMTP_URL: mailbox.smtpUrl, ...settings }), {
    hasWorkflows: true,
    also: () => mailbox.close(),
  });
};
