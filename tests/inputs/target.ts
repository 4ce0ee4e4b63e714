import type { Config } from '../../api/config.ts';
import type { Context } from '../../api/context.ts';
import { freePorts } from '../../dev/ports.ts';
import { openDesk } from '../desk.ts';
import type { Place } from '../factories.ts';
import { openMailbox } from '../stack.ts';
import { startSystem } from '../system.ts';
import { startWatchedApi, type WatchedApi } from './watch.ts';

/** A running API to be asked over its socket. `app` is a second one in this process, for making worlds through it. */
export interface Target extends Place {
  context: Context;
  port: number;
  /** The address that people type: what a page of ours sends as its Origin. */
  origin: string;
  api: WatchedApi;
  /** False where nobody listens where Temporal should be. */
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

/** API and PostgreSQL: for what is refused before any workflow is asked. `program` takes the place of the API. */
export const openTarget = async (settings: Settings = {}, program?: string): Promise<Target> =>
  // Without workflows to look at the API would only wait for Temporal when it is asked to stop.
  attach(await openDesk({ RECONCILE_SECONDS: 0, ...settings }), { hasWorkflows: false, program });

/** The whole product, with workers and a mailbox. */
export const openWholeTarget = async (settings: Settings = {}): Promise<Target> => {
  const mailbox = await openMailbox();
  return attach(await startSystem({ SMTP_URL: mailbox.smtpUrl, ...settings }), {
    hasWorkflows: true,
    also: () => mailbox.close(),
  });
};
