const sentences = {
  refused_address: 'The mail server refused the mail for good',
  refused_for_now: 'The mail server refused the mail for now',
  server_away: 'The mail server does not answer',
  outcome_unknown: 'The connection was lost before the mail server said whether it has taken the mail',
  being_sent: 'Another try is still sending this mail',
  no_address: 'This user has no mail address',
  no_reader: 'This user may not sign in any more',
  no_mail: 'This batch has no such digest',
  unsendable: 'A link that leads nowhere makes no mail',
} as const;
export type MailFailureType = keyof typeof sentences;

interface About {
  /** No later try can help. */
  permanent?: boolean;
  /** The mail server's answer, such as 550. */
  smtpCode?: number | undefined;
  /** What the operating system or the mail library calls it, such as ECONNREFUSED. */
  code?: string | undefined;
  /** The error with the server's own text, for PostgreSQL and the log. */
  cause?: unknown;
}

/** Why a mail is not sent. Its message is of our own words: the server's text may quote an address. */
export class MailFailure extends Error {
  override name = 'MailFailure';
  readonly type: MailFailureType;
  readonly permanent: boolean;
  readonly smtpCode: number | null;

  constructor(type: MailFailureType, { permanent = false, smtpCode, code, cause }: About = {}) {
    const detail = smtpCode === undefined ? code : `SMTP ${smtpCode}`;
    super(detail === undefined ? sentences[type] : `${sentences[type]} (${detail})`, { cause });
    this.type = type;
    this.permanent = permanent;
    this.smtpCode = smtpCode ?? null;
  }
}

/** The fields that the mail library gives its errors. */
interface LibraryError extends Error {
  code?: unknown;
  originalCode?: unknown;
  command?: unknown;
  responseCode?: unknown;
}

// A code is a name such as ECONNREFUSED. Anything else could be text from outside.
const codeOf = ({ originalCode, code }: LibraryError): string | undefined =>
  [originalCode, code].find((one): one is string => typeof one === 'string' && /^E[A-Z]{2,20}$/.test(one));

/** What an error of the mail library means. `isHandedOver`: the whole mail was given to the server. */
export const mailFailureOf = (error: unknown, isHandedOver: boolean): MailFailure => {
  const cause: LibraryError = error instanceof Error ? error : new Error(String(error));
  const { responseCode, command } = cause;
  if (typeof responseCode === 'number') {
    // 5xx is for good, 4xx passes. Before it heard of recipient and text, the server refused us and not the mail, for example
    // because of a wrong password: that is mended, and then the mail goes out.
    const permanent = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
    const about = { permanent, smtpCode: responseCode, cause };
    return new MailFailure(permanent ? 'refused_address' : 'refused_for_now', about);
  }
  const code = codeOf(cause);
  // The library found by itself, before it asked the server, that there is nothing that could be an address.
  if (code === 'EENVELOPE' && command === 'API') return new MailFailure('no_address', { permanent: true, cause });
  return new MailFailure(isHandedOver ? 'outcome_unknown' : 'server_away', { code, cause });
};
