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
// What people type: browsers try both, and the other one first.
const otherLoopback = '::1';

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

/** The code of the error with which listening there fails; null when it can be done. */
const refusalAt = async (port: number, host: string): Promise<string | null> => {
  try {
    await close(await listen(port, host));
    return null;
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return code;
  }
};

const whyTaken = async ({ port, host = loopback, setting, what }: PortWish): Promise<string | null> => {
  const wanted = `Port ${port}, wanted for ${what},`;
  const other = `Set ${setting} to another one.`;
  const refusal = await refusalAt(port, host);
  if (refusal === 'EADDRINUSE') return `${wanted} is taken. ${other}`;
  if (refusal === 'EACCES') return `${wanted} needs more rights. ${other}`;
  if (refusal !== null) return `${wanted} cannot be opened on ${host}: ${refusal}. ${other}`;
  // Then http://localhost would lead to that program.
  if (host === loopback && (await refusalAt(port, otherLoopback)) === 'EADDRINUSE')
    return `${wanted} is taken by another program on ${otherLoopback}, the other address of localhost. ${other}`;
  return null;
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
