import { type SideServer, serveAside } from '../../api/operations/side-server.ts';
import type { RunningWorkers } from './run-workers.ts';

/** Says whether this process serves its queues: 200, or 503 while it stops. */
export const serveHealth = (address: string, workers: Pick<RunningWorkers, 'areRunning'>): Promise<SideServer> =>
  serveAside(address, async () => {
    const alive = workers.areRunning();
    return { status: alive ? 200 : 503, type: 'application/json', body: JSON.stringify({ alive }) };
  });
