import { createTransport, type SendMailOptions } from 'nodemailer';
import { mailFailureOf } from './mail-failure.ts';

export interface MailConnection {
  /** One mail at a time. @throws MailFailure when the mail server has not taken it, or nobody knows whether it has. */
  send(mail: SendMailOptions): Promise<void>;
  close(): void;
}

export interface MailServerSettings {
  url: string;
  /** How long the mail server may take for an answer. */
  answerSeconds: number;
}

// RFC 5321 gives a server five minutes for its greeting and ten for the last answer.
const greetingMs = 300_000;

/** A connection to the mail server, opened with the first mail. */
export const openMailConnection = ({ url, answerSeconds }: MailServerSettings): MailConnection => {
  let isHandedOver = false;
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 1,
    maxMessages: Number.POSITIVE_INFINITY,
    // By default the library sends a mail again by itself when the connection is lost, also when the server has it already.
    maxRequeues: 0,
    connectionTimeout: greetingMs,
    greetingTimeout: greetingMs,
    socketTimeout: answerSeconds * 1_000,
    // The only way in which the library says that the whole mail, with its final dot, was handed to the connection.
    logger: {
      info(entry: { tnx?: string }): void {
        if (entry.tnx === 'message') isHandedOver = true;
      },
    },
  });
  return {
    async send(mail) {
      isHandedOver = false;
      try {
        await transport.sendMail(mail);
      } catch (error) {
        throw mailFailureOf(error, isHandedOver);
      }
    },
    close: () => transport.close(),
  };
};
