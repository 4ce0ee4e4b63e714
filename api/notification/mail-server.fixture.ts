import type { Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { freePorts } from '../../dev/ports.ts';

/** How it ends: with this SMTP code, or with a lost connection. */
type End = number | 'hang up';

/** A mail server that does what a test wants it to. */
export interface MailServer {
  url: string;
  /** What it says in turn to our name and to the reader's; then it takes everything. */
  refusals: number[];
  readerRefusals: End[];
  /** How it ends in turn after it has read and kept a whole mail, or what it waits for; then it takes everything at once. */
  ends: (End | (() => unknown))[];
  /** What it says when it refuses. */
  words: string;
  received: ParsedMail[];
  /** Takes everything again, and forgets what it has. */
  reset(): void;
  close(): Promise<void>;
}

export const openMailServer = async (): Promise<MailServer> => {
  const [port = 0] = await freePorts(1);
  const sockets = new Map<number, Socket>();
  const end = (session: SMTPServerSession, how: End | undefined, done: (error?: Error | null) => void): void => {
    if (how === undefined) done();
    else if (how === 'hang up') sockets.get(session.remotePort)?.destroy();
    else done(Object.assign(new Error(server.words), { responseCode: how }));
  };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onMailFrom(_address, session, done) {
      end(session, server.refusals.shift(), done);
    },
    onRcptTo(_address, session, done) {
      end(session, server.readerRefusals.shift(), done);
    },
    onData(stream, session, done) {
      const take = async (): Promise<void> => {
        server.received.push(await simpleParser(stream));
        const how = server.ends.shift();
        if (typeof how === 'function') await how();
        end(session, typeof how === 'function' ? undefined : how, done);
      };
      take().catch(done);
    },
  });
  smtp.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  // A sender that gives up in the middle sends again.
  smtp.on('error', () => undefined);
  const fresh = () => ({ refusals: [], readerRefusals: [], ends: [], words: 'Not now', received: [] });
  const server: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    ...fresh(),
    reset() {
      Object.assign(server, fresh());
    },
    close: () => new Promise((closed) => smtp.close(closed)),
  };
  await new Promise<void>((listening) => smtp.listen(port, '127.0.0.1', listening));
  return server;
};
