import { type SideServer, serveAside } from '../side-server.ts';
import type { Metrics } from './metrics.ts';

/** Answers Prometheus. */
export const serveMetrics = (address: string, { contentType, read }: Metrics): Promise<SideServer> =>
  serveAside(address, async (path) =>
    path === '/metrics'
      ? { status: 200, type: contentType, body: await read() }
      : { status: 404, type: 'text/plain', body: 'Metrics are at /metrics.\n' },
  );
