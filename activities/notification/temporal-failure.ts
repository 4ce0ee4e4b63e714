import { ApplicationFailure } from '@temporalio/activity';
import { MailFailure } from '../../api/notification/mail-failure.ts';

/** When the outcome of a try is unknown, in milliseconds: a server that has just ended a connection may be restarting. */
const pauseAfterUnknown = 60_000;

/** The failure that Temporal hears of: our own words, a type and the SMTP code, never a text from outside. */
export const temporalFailureOf = (error: unknown): unknown => {
  if (!(error instanceof MailFailure)) return error;
  const { message, type, permanent, smtpCode } = error;
  return ApplicationFailure.create({
    message,
    type,
    nonRetryable: permanent,
    details: smtpCode === null ? [] : [{ smtpCode }],
    ...(type === 'outcome_unknown' && !permanent ? { nextRetryDelay: pauseAfterUnknown } : {}),
  });
};
