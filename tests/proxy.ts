import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../dev/ports.ts';

/** A proxy to a server that can simulate network faults. */
export interface Proxy {
  /** `127.0.0.1:port`; it stays the same while cut. */
  address: string;
  /** Refuses new connections and drops open ones. */
  cut(): Promise<void>;
  open(): Promise<void>;
  /** Delays both directions by this many milliseconds. */
  delay(ms: number): void;
  /** A black hole: connections stay open and new ones are accepted, but no data passes and nobody gets an error. */
  stall(): void;
  /** Ends the stall and passes on the data held back. */
  resume(): void;
  /** Resets the open connections and returns how many. New ones are accepted. */
  reset(): number;
}

/** Passes chunks on in order, once `ready` allows it. */
const courier = (to: Socket, ready: () => Promise<void> | null) => {
  let last: Promise<void> | null = null;
  return (chunk: Buffer): void => {
    const wait = ready();
    if (wait === null && last === null) {
      to.write(chunk);
      return;
    }
    const mine: Promise<void> = Promise.all([last, wait]).then(() => {
      if (to.writable) to.write(chunk);
      if (last === mine) last = null;
    });
    last = mine;
  };
};

/** A proxy to `target` (`host:port`), open from the start. */
export const startProxy = async (target: string): Promise<Proxy> => {
  const { hostname, port: targetPort } = new URL(`tcp://${target}`);
  const [port = 0] = await freePorts(1);
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let delayMs = 0;
  let stalled: { until: Promise<void>; end(): void } | null = null;

  const ready = (): Promise<void> | null => {
    if (stalled === null && delayMs === 0) return null;
    return Promise.all([stalled?.until, sleep(delayMs)]).then(() => undefined);
  };

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // The peers report the error themselves; here we only close the pair.
    socket.on('error', () => socket.destroy());
    return socket.setNoDelay().on('close', () => sockets.delete(socket));
  };

  const join = (near: Socket): void => {
    const far = keep(dial(Number(targetPort), hostname));
    keep(near).on('data', courier(far, ready));
    far.on('data', courier(near, ready));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  };

  const open = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer(join);
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });

  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      const closing = server;
      server = null;
      if (closing) closing.close(() => resolve());
      else resolve();
      for (const socket of sockets) socket.destroy();
    });

  await open();
  return {
    address: `127.0.0.1:${port}`,
    cut,
    open,
    delay(ms) {
      delayMs = ms;
    },
    stall() {
      const { promise: until, resolve: end } = Promise.withResolvers<void>();
      stalled ??= { until, end };
    },
    resume() {
      stalled?.end();
      stalled = null;
    },
    reset() {
      const { size } = sockets;
      for (const socket of sockets) socket.resetAndDestroy();
      return size / 2;
    },
  };
};
