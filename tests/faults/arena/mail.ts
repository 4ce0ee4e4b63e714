import { once } from 'node:events';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { freePorts } from '../../../dev/ports.ts';

/** A mail server that keeps what it takes, and refuses what it is set to refuse. */
export interface MailSink {
  url: string;
  /** What each copy of a mail says that was taken, by Message-ID. */
  copies(): ReadonlyMap<string, readonly string[]>;
  /** Tries to hand a mail over, taken or not. */
  tries(): number;
  /** How many tries were refused, and how many mails had no address that anybody takes. */
  refusals(): number;
  /** Counts a mail that was given up before it came here. */
  missed(): void;
  /** Refuses with this SMTP code from now on: 4xx passes, 5xx is for good; null: takes everything. */
  refuse(code: number | null, recipient?: string): void;
  /** Nobody listens any more, until `open`. */
  close(): Promise<void>;
  open(): Promise<void>;
}

export const startMailSink = async (): Promise<MailSink> => {
  const [port = 0] = await freePorts(1);
  const copies = new Map<string, string[]>();
  let tries = 0;
  let refusals = 0;
  let refusal: { code: number; recipient: string | undefined } | null = null;
  let server: SMTPServer | null = null;

  const take = async (stream: NodeJS.ReadableStream): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    const { messageId = '', subject, text } = await simpleParser(Buffer.concat(chunks));
    copies.set(messageId, [...(copies.get(messageId) ?? []), `${subject}\n${text}`]);
  };

  const open = async (): Promise<void> => {
    const started = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onRcptTo({ address }, _session, done) {
        tries += 1;
        const refused = refusal !== null && (refusal.recipient ?? address) === address;
        if (!refused) return done();
        refusals += 1;
        done(Object.assign(new Error('It is refused here.'), { responseCode: refusal?.code }));
      },
      onData(stream, _session, done) {
        take(stream).then(() => done(), done);
      },
    });
    // A sender that was killed in the middle sends again.
    started.on('error', () => undefined);
    const listens = once(started.server, 'listening');
    started.listen(port, '127.0.0.1');
    await listens;
    server = started;
  };

  await open();
  return {
    url: `smtp://127.0.0.1:${port}`,
    copies: () => copies,
    tries: () => tries,
    refusals: () => refusals,
    missed() {
      refusals += 1;
    },
    refuse(code, recipient) {
      refusal = code === null ? null : { code, recipient };
    },
    async close() {
      const closing = server;
      server = null;
      if (closing) await new Promise<void>((closed) => closing.close(closed));
    },
    open,
  };
};
