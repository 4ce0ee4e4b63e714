import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What waits to be done: how much, and since how many seconds the oldest of it. */
export interface Backlog {
  waiting: number;
  oldestSeconds: number;
}

export interface Metrics {
  /** All of them as Prometheus reads them. */
  read(): Promise<string>;
  contentType: string;
  requests: Histogram<'method' | 'route' | 'status'>;
}

type ReadBacklog = () => Promise<Backlog>;

interface Reads {
  outbox: ReadBacklog;
  mail: ReadBacklog;
}

const requestSeconds = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Two gauges; returns what brings them up to date. */
const addBacklog = (registry: Registry, name: string, what: string, read: ReadBacklog): (() => Promise<void>) => {
  const registers = [registry];
  const waiting = new Gauge({ name: `tickets_${name}_waiting`, help: what, registers });
  const oldest = new Gauge({
    name: `tickets_${name}_oldest_seconds`,
    help: 'How long the oldest has waited.',
    registers,
  });
  return async () => {
    const backlog = await read();
    waiting.set(backlog.waiting);
    oldest.set(backlog.oldestSeconds);
  };
};

/** What the API's process measures of itself, and what it counts in PostgreSQL when it is asked. */
export const createMetrics = ({ outbox, mail }: Reads): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const reads = [
    addBacklog(registry, 'outbox', 'Workflows that wait in the outbox for their start.', outbox),
    addBacklog(registry, 'mail', 'Mails that were not sent yet.', mail),
  ];
  const known = new Gauge({
    name: 'tickets_backlog_known',
    help: '1: PostgreSQL has answered. 0: what waits is as it was when it answered last.',
    registers,
  });
  const requests = new Histogram({
    name: 'tickets_http_request_seconds',
    help: 'Requests by method, route pattern and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: requestSeconds,
    registers,
  });
  return {
    requests,
    contentType: registry.contentType,
    async read() {
      const answers = await Promise.allSettled(reads.map((read) => read()));
      known.set(answers.every(({ status }) => status === 'fulfilled') ? 1 : 0);
      return registry.metrics();
    },
  };
};
