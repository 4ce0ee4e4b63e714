import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Log } from '../../api/operations/log.ts';

// What an activity fails with stands in its workflow's history, which everybody with access to Temporal can read and which
// nobody can change. PostgreSQL's errors quote values, the ORM's whole statements, a mail server's answers addresses. So
// Temporal hears only of failures in our own words; the text of all others goes to the log.

/** PostgreSQL's codes, and those of the operating system. */
const isCode = (code: unknown): code is string => typeof code === 'string' && /^([0-9A-Z]{5}|E[A-Z]{2,20})$/.test(code);

/** The code of an error or of what has caused it. */
const codeOf = (error: unknown): string | null => {
  for (let next = error; next instanceof Error; next = next.cause)
    if ('code' in next && isCode(next.code)) return next.code;
  return null;
};

const withoutCause = ({ message, type, nonRetryable, details, nextRetryDelay, category }: ApplicationFailure) =>
  ApplicationFailure.create({
    message,
    ...(type ? { type } : {}),
    nonRetryable: nonRetryable === true,
    ...(details ? { details } : {}),
    ...(nextRetryDelay ? { nextRetryDelay } : {}),
    ...(category ? { category } : {}),
  });

/** The failure that Temporal may hear of; the same one when it has nothing in it from outside. */
export const ownFailure = (error: unknown, activity: string): unknown => {
  if (error instanceof ApplicationFailure && error.cause !== undefined) return withoutCause(error);
  if (error instanceof TemporalFailure) return error;
  const code = codeOf(error);
  const name = error instanceof Error ? error.name : 'Error';
  const what = code === null ? name : `${name} ${code}`;
  return ApplicationFailure.create({
    message: `The activity "${activity}" failed: ${what}. The worker's log has the text.`,
    type: name,
    details: code === null ? [] : [{ code }],
  });
};

/** Keeps texts from outside, and of people, out of the failures of all activities. */
export const withoutForeignText =
  (log: Log): ActivityInterceptorsFactory =>
  ({ info }) => ({
    inbound: {
      async execute(input, next) {
        try {
          return await next(input);
        } catch (error) {
          const own = ownFailure(error, info.activityType);
          const { activityType, attempt, workflowExecution } = info;
          if (own !== error)
            log.warn({ activityType, attempt, workflowId: workflowExecution?.workflowId, error }, 'activity failed');
          throw own;
        }
      },
    },
  });
