import { once } from 'node:events';
import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createMailPages } from './mail-pages.ts';

export interface Mail {
  id: number;
  receivedAt: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
}

export interface Mailbox {
  /** Newest first. */
  messages(): Mail[];
  close(): Promise<void>;
}

interface MailboxOptions {
  smtpPort: number;
  pagePort: number;
  host: string;
}

const kept = 500;
const largestMail = 10 * 1024 * 1024;

const addresses = (field: AddressObject | AddressObject[] | undefined): string[] =>
  [field ?? []].flat().map((address) => address.text);

const receive = async (stream: NodeJS.ReadableStream, id: number): Promise<Mail> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const mail = await simpleParser(Buffer.concat(chunks));
  return {
    id,
    receivedAt: new Date().toISOString(),
    from: mail.from?.text ?? '',
    to: addresses(mail.to),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
  };
};

/** Takes every mail that is sent on this machine, shows it on a page and passes none on. */
export const startMailbox = async ({ smtpPort, pagePort, host }: MailboxOptions): Promise<Mailbox> => {
  let mails: Mail[] = [];
  let received = 0;

  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largestMail,
    onData(stream, _session, done) {
      received += 1;
      receive(stream, received).then((mail) => {
        mails = [mail, ...mails].slice(0, kept);
        done();
      }, done);
    },
  });
  // If a sender hangs up in the middle, that is its own problem: it sends again.
  smtp.on('error', () => undefined);

  const page = createMailPages(() => mails);

  const smtpListens = once(smtp.server, 'listening');
  smtp.listen(smtpPort, host);
  page.listen(pagePort, host);
  await Promise.all([smtpListens, once(page, 'listening')]);

  return {
    messages: () => mails,
    async close() {
      page.closeAllConnections();
      await Promise.all([
        new Promise<void>((closed) => smtp.close(closed)),
        new Promise<void>((closed) => page.close(() => closed())),
      ]);
    },
  };
};
