import { ApplicationFailure } from '@temporalio/activity';
import { UnsendableMail } from '../../api/notification/mail.service.ts';

/** The mail server itself has spoken; without an answer it is away. */
export const isAnswer = (error: unknown): error is Error & { responseCode: number } =>
  error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number';

// SMTP: 5xx is for good, 4xx passes. Before it heard of recipient and text the server refused us and not the mail, by a
// wrong password for one: that is mended, and then the mail goes out.
const isRefused = (error: unknown): boolean =>
  isAnswer(error) &&
  'command' in error &&
  (error.command === 'RCPT TO' || error.command === 'DATA') &&
  error.responseCode >= 500;

// What nodemailer finds by itself, before it asks the server: there is nothing that could be an address.
const hasNoAddress = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'EENVELOPE' &&
  'command' in error &&
  error.command === 'API';

/** The failure that ends the tries; null when another try makes sense. */
export const failureForGood = (error: unknown): ApplicationFailure | null => {
  if (isRefused(error)) return ApplicationFailure.nonRetryable('The mail server refused it', 'refused_address');
  if (hasNoAddress(error)) return ApplicationFailure.nonRetryable('This user has no mail address', 'no_address');
  if (error instanceof UnsendableMail) return ApplicationFailure.nonRetryable(error.message, 'unsendable');
  return null;
};
