import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { codeOf, StackProblem } from './problem.ts';

export interface PortWish {
  port: number;
  /** The setting that changes it. */
  setting: string;
  /** Who listens there. */
  what: string;
  /** 127.0.0.1 when left out. */
  host?: string;
}

const loopback = '127.0.0.1';

const listen = async (port: number, host: string): Promise<Server> => {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  return server;
};

const close = async (server: Server): Promise<void> => {
  server.close();
  await once(server, 'close');
};

const whyTaken = async (wish: PortWish): Promise<string | null> => {
  try {
    await close(await listen(wish.port, wish.host ?? loopback));
    return null;
  } catch (error) {
    const other = `Set ${wish.setting} to another one.`;
    if (codeOf(error) === 'EADDRINUSE') return `Port ${wish.port}, wanted for ${wish.what}, is taken. ${other}`;
    if (codeOf(error) === 'EACCES') return `Port ${wish.port}, wanted for ${wish.what}, needs more rights. ${other}`;
    throw error;
  }
};

const whyDoubled = (wish: PortWish, index: number, wishes: readonly PortWish[]): string | null => {
  const first = wishes.findIndex(({ port }) => port === wish.port);
  if (first === index) return null;
  return `Port ${wish.port} is wanted for ${wishes[first]?.what} and for ${wish.what}. Change ${wish.setting}.`;
};

/** @throws StackProblem that names each taken port and the setting that changes it. */
export const assertPortsFree = async (wishes: readonly PortWish[]): Promise<void> => {
  const taken = await Promise.all(wishes.map((wish) => whyTaken(wish)));
  const reasons = [...wishes.map(whyDoubled), ...taken].filter((reason) => reason !== null);
  if (reasons.length > 0) throw new StackProblem(reasons.join('\n'));
};

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
};

/** Ports that are free right now. All are opened together before they are closed, so that they differ. */
export const freePorts = async (count: number): Promise<number[]> => {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0, loopback)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
};
