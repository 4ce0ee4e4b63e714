import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { assertPortsFree, freePorts } from './ports.ts';

const occupy = async (port: number, host = '127.0.0.1'): Promise<void> => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(port, host, done));
  onTestFinished(() => void server.close());
};

test('a taken port is named together with the setting that moves it', async () => {
  const [port = 0, other = 0] = await freePorts(2);
  await occupy(port);
  const wishes = [
    { port, setting: 'TEMPORAL_PORT', what: 'Temporal' },
    { port: other, setting: 'PORT', what: 'the API' },
  ];
  await expect(assertPortsFree(wishes)).rejects.toThrow(
    `Port ${port}, wanted for Temporal, is taken. Set TEMPORAL_PORT to another one.`,
  );
});

const hasOtherLoopback = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

test.runIf(hasOtherLoopback)('a program on the other address of localhost is one, too', async () => {
  const [port = 0] = await freePorts(1);
  await occupy(port, '::1');
  await expect(assertPortsFree([{ port, setting: 'PORT', what: 'the API' }])).rejects.toThrow(
    `Port ${port}, wanted for the API, is taken by another program on ::1, the other address of localhost. Set PORT`,
  );
});

test('two servers on one port are told apart before either starts', async () => {
  const [port = 0] = await freePorts(1);
  const wishes = [
    { port, setting: 'PORT', what: 'the API' },
    { port, setting: 'MAIL_PORT', what: 'the mail page' },
  ];
  await expect(assertPortsFree(wishes)).rejects.toThrow(
    `Port ${port} is wanted for the API and for the mail page. Change MAIL_PORT.`,
  );
});

test('free ports differ from each other', async () => {
  const ports = await freePorts(8);
  expect(new Set(ports).size).toBe(8);
  await assertPortsFree(ports.map((port) => ({ port, setting: 'PORT', what: 'a server' })));
});
