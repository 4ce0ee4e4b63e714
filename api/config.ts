import { z } from 'zod';
import { isNetwork } from './http/client-address.ts';
import { wholeNumber } from './http/number.schema.ts';
import { readSettings } from './read-settings.ts';

/** The queues that a worker can serve. The setup guide has a worker for each. */
export const workerQueues = ['workflow', 'helpdesk', 'notification'] as const;
export type WorkerQueue = (typeof workerQueues)[number];

const port = wholeNumber(1, 65_535);

const perMinute = wholeNumber(1, 1_000_000);
/** An address to listen on. The Temporal SDK knows no names of hosts here. */
const listenAddress = z
  .string()
  .regex(
    /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:]+\]):\d{1,5}$/i,
    'This is an IP address and a port, such as 127.0.0.1:9464.',
  );

const queueList = z
  .string()
  .default(workerQueues.join(','))
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(workerQueues)).min(1));

const networkList = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((entry) => entry.trim() || []))
  .pipe(z.array(z.string().refine(isNetwork, 'Use addresses or networks, such as 127.0.0.1,10.0.0.0/8.')));

/** What the API, the workers, the migrations and the seed command read from the environment. */
export const settings = z.object({
  /** `production` refuses seeding with `--flush` and demands an https PUBLIC_URL. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  /** Where the API listens. */
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(8000),
  /** The address that people type. Cookies, the origin check and links in mails use it, never the address of a request. */
  PUBLIC_URL: z.url().default('http://localhost:8000'),
  /**
   * The proxies in front of the API, by address or network and separated by commas, such as `127.0.0.1,10.0.0.0/8`. Only what
   * they say of the caller's address (`X-Forwarded-For`) is believed. Left out: nobody is believed.
   */
  TRUSTED_PROXY: networkList,
  /** The folder of the built pages. */
  WEB_DIST: z.string().default('web/dist'),
  DATABASE_URL: z.url(),
  /** How many connections to PostgreSQL one process opens at most. */
  DATABASE_POOL: wholeNumber(2, 100).default(16),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  /** For Temporal Cloud. With an API key the connection uses TLS. */
  TEMPORAL_API_KEY: z.string().optional(),
  /** The Temporal Web that the admin's pages link to. */
  TEMPORAL_UI_URL: z.url().default('http://localhost:8233'),
  /** Every so many seconds the reconciler compares PostgreSQL and Temporal; 0: never. */
  RECONCILE_SECONDS: wholeNumber(0, 86_400).default(300),
  /** The queues that this worker process serves, separated by commas. */
  WORKER_QUEUES: queueList,
  /** A file that `node activities/worker/bundle.ts` wrote. Left out: each worker bundles the workflow code when it starts. */
  WORKFLOW_BUNDLE: z.string().optional(),
  /** The name of this worker's build in Temporal. Left out: a hash of the workflow code. */
  WORKER_BUILD_ID: z.string().max(100).optional(),
  /**
   * Whether a worker that starts makes its build the current one, to which running tickets move. `npm start` sets it.
   * Where several machines run workers it stays off: else an old worker that starts again would take the tickets back.
   * There `node activities/worker/make-current.ts` makes the new build current once its workers run.
   */
  WORKER_MAKE_CURRENT: z.stringbool().default(false),
  /** How often one person may submit, search (each pause while typing is one search) and act in a minute. */
  SUBMISSIONS_PER_MINUTE: perMinute.default(30),
  SEARCHES_PER_MINUTE: perMinute.default(120),
  COMMANDS_PER_MINUTE: perMinute.default(120),
  /**
   * How many ticket workflows a worker keeps in memory between their commands; any other is first replayed from its history.
   * More of them answer faster and take more memory.
   */
  CACHED_WORKFLOWS: wholeNumber(10, 20_000).default(600),
  /** Where this process shows its metrics to Prometheus, under /metrics. Left out: nowhere. */
  METRICS_ADDRESS: listenAddress.optional(),
  /** Where a worker says whether it serves its queues. Left out: nowhere. */
  HEALTH_ADDRESS: listenAddress.optional(),
  SMTP_URL: z.url().default('smtp://127.0.0.1:1025'),
  /** Who sends the mails; Message-IDs are of its domain. */
  MAIL_FROM: z
    .string()
    .regex(
      /^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
      'an address such as Help Desk <helpdesk@example.com>',
    )
    .default('Help Desk <helpdesk@example.com>'),
  /** How long the mail server may take for one answer. RFC 5321 gives it ten minutes. */
  MAIL_ANSWER_SECONDS: z.coerce.number().int().min(1).max(600).default(600),
});

/** What `npm start` and `npm run dev` read besides: where the servers listen and keep their data. */
export const stackSettings = z.object({
  NODE_ENV: settings.shape.NODE_ENV,
  /** Left out: warnings and errors in `npm start`, everything from `info` on in `npm run dev`. */
  LOG_LEVEL: settings.shape.LOG_LEVEL.removeDefault().optional(),
  DATA_DIR: z.string().default('.data'),
  /** The folders in which a `temporal` program is looked for. */
  PATH: z.string().default(''),
  HOST: settings.shape.HOST,
  PORT: settings.shape.PORT,
  /** Left out: http://localhost and the port of the pages. */
  PUBLIC_URL: z.url().optional(),
  WEB_DIST: settings.shape.WEB_DIST,
  /** How many worker processes are started. Each one more brings more commands a second, where it has a core of its own. */
  WORKERS: wholeNumber(1, 16).default(1),
  /** Set: this PostgreSQL is used and none is started. */
  DATABASE_URL: z.url().optional(),
  POSTGRES_PORT: port.default(54329),
  /** Set: this Temporal server is used and none is started. */
  TEMPORAL_ADDRESS: z.string().optional(),
  TEMPORAL_NAMESPACE: settings.shape.TEMPORAL_NAMESPACE,
  TEMPORAL_API_KEY: settings.shape.TEMPORAL_API_KEY,
  TEMPORAL_UI_URL: z.url().optional(),
  TEMPORAL_PORT: port.default(7233),
  TEMPORAL_UI_PORT: port.default(8233),
  /** Set: mail goes there and no inbox is started. */
  SMTP_URL: z.url().optional(),
  MAIL_SMTP_PORT: port.default(1025),
  MAIL_PORT: port.default(8025),
  /** Set: the API shows its metrics there, and the workers theirs on the ports that follow. */
  METRICS_ADDRESS: listenAddress.optional(),
  /** Where Vite listens in `npm run dev`. */
  WEB_PORT: port.default(5173),
});

export type Config = z.infer<typeof settings>;
export type StackConfig = z.infer<typeof stackSettings>;

export { ConfigError, orExit } from './read-settings.ts';

/**
 * For the API and the workers. In production `needed` has no defaults: people and mails would be sent to this machine.
 * @throws ConfigError
 */
export const readConfig = (
  env: NodeJS.ProcessEnv = process.env,
  needed: readonly (keyof Config)[] = ['PUBLIC_URL'],
): Config => readSettings(settings, env, needed);

const databaseSettings = settings.pick({ NODE_ENV: true, PUBLIC_URL: true, DATABASE_URL: true });

/** For programs that only talk to PostgreSQL. @throws ConfigError */
export const readDatabaseConfig = (env: NodeJS.ProcessEnv = process.env) => readSettings(databaseSettings, env);

const temporalSettings = settings.pick({
  NODE_ENV: true,
  PUBLIC_URL: true,
  TEMPORAL_ADDRESS: true,
  TEMPORAL_NAMESPACE: true,
  TEMPORAL_API_KEY: true,
  WORKFLOW_BUNDLE: true,
  WORKER_BUILD_ID: true,
});

/** For programs that only talk to Temporal. @throws ConfigError */
export const readTemporalConfig = (env: NodeJS.ProcessEnv = process.env) => readSettings(temporalSettings, env);

/** @throws ConfigError */
export const readStackConfig = (
  env: NodeJS.ProcessEnv = process.env,
  needed: readonly (keyof StackConfig)[] = [],
): StackConfig => readSettings(stackSettings, env, needed);

// By default each thread of a worker keeps a memory arena of its own, and with it what it no longer needs.
const thrift = { MALLOC_ARENA_MAX: '2' };

/**
 * For Node in a worker process, which has four heaps: its own and one for the workflows of each queue. By default each may
 * take 48 MB for young objects. So it is 12 MB, for the same time of the processor. docker-compose.yml has the same.
 */
export const workerNodeOptions: readonly string[] = ['--max-semi-space-size=4'];

/** The environment for a child process: our own, with these settings on top. */
export const environmentWith = (values: Record<string, string>): NodeJS.ProcessEnv => ({
  ...thrift,
  ...process.env,
  ...values,
});
