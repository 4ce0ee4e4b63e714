import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { freePorts } from '../../dev/ports.ts';

/** A mail server that refuses what a test wants it to. */
export interface MailServer {
  url: string;
  /** What it says in turn to our name and to the reader's; then it takes everything. */
  refusals: number[];
  readerRefusals: number[];
  received: ParsedMail[];
  /** Takes everything again, and forgets what it has. */
  reset(): void;
  close(): Promise<void>;
}

const answer = (responseCode: number | undefined): Error | null =>
  responseCode === undefined ? null : Object.assign(new Error('Not now'), { responseCode });

export const openMailServer = async (): Promise<MailServer> => {
  const [port = 0] = await freePorts(1);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onMailFrom(_address, _session, done) {
      done(answer(server.refusals.shift()));
    },
    onRcptTo(_address, _session, done) {
      done(answer(server.readerRefusals.shift()));
    },
    onData(stream, _session, done) {
      simpleParser(stream).then((mail) => {
        server.received.push(mail);
        done();
      }, done);
    },
  });
  const server: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    refusals: [],
    readerRefusals: [],
    received: [],
    reset() {
      server.refusals = [];
      server.readerRefusals = [];
      server.received = [];
    },
    close: () => new Promise((closed) => smtp.close(closed)),
  };
  await new Promise<void>((listening) => smtp.listen(port, '127.0.0.1', listening));
  return server;
};
