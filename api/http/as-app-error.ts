import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { HTTPException } from 'hono/http-exception';
import { AppError, isProblemCode } from './problem.ts';

// PostgreSQL's codes: text or numbers that it cannot hold came from the request. 08P01 is a NUL character in a value that
// the ORM has written into the statement.
const unfitValue = new Set(['08P01', '22001', '22003', '22008', '22021', '22P02', '22P05']);
/**
 * What passes by itself, or when somebody has mended the server. Whole classes: connections, broken-off transactions, no
 * entry, no room, an administrator's hand, the machine. And one by one: transactions that stood still, a database that is
 * missing while it is put back, one that takes no connections, locks.
 */
const passing = /^((08|28|40|53|57|58)[0-9A-Z]{3}|25P03|25P04|3D000|55000|55006|55P03)$/;
/** A standby, or a server that somebody has set to read only. */
const readOnly = '25006';
const lostConnection = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
/** What fails here fails before anything was sent: no route, no such name, no such socket. */
const connecting = new Set(['connect', 'getaddrinfo']);
const lostPool = /Connection terminated|timeout exceeded when trying to connect|is not queryable/;

// gRPC: cancelled, deadline exceeded, resource exhausted, failed precondition, unavailable.
const passingCalls = new Set([1, 4, 8, 9, 14]);

// What Temporal itself answers for an update that a worker never looked at, or whose workflow ended before the answer.
const leftByTemporal = new Set(['UnprocessedUpdate', 'AcceptedUpdateCompletedWorkflow']);

const causesOf = (error: unknown): Error[] => {
  const causes: Error[] = [];
  for (let next = error; next instanceof Error && causes.length < 10; next = next.cause) causes.push(next);
  return causes;
};

const codeOf = (error: Error): string =>
  'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? String(error.code) : '';

const fromDatabase = (error: Error): AppError | null => {
  const code = codeOf(error);
  if (unfitValue.has(code)) {
    return new AppError('invalid_input', 'A value is too large or has characters that cannot be kept.', {
      cause: error,
    });
  }
  if (code === '23505') {
    return new AppError('version_conflict', 'Somebody else has just done this. Reload and look again.', {
      cause: error,
    });
  }
  if (code === readOnly) {
    return new AppError('unavailable', 'Nothing can be changed now, only read. Try again in a minute.', {
      cause: error,
      retryAfter: 60,
    });
  }
  const isAway = lostConnection.has(code) || ('syscall' in error && connecting.has(String(error.syscall)));
  if (passing.test(code) || isAway || lostPool.test(error.message)) {
    return new AppError('unavailable', 'The database is busy or away. Try again in a moment.', {
      cause: error,
      retryAfter: 2,
    });
  }
  return null;
};

const fromTemporal = (error: Error): AppError | null => {
  if (error instanceof ApplicationFailure && isProblemCode(error.type)) {
    const [details] = error.details ?? [];
    const members = typeof details === 'object' && details !== null ? { ...details } : {};
    return new AppError(error.type, error.message, { cause: error, details: members });
  }
  const away =
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    error instanceof WorkflowNotFoundError ||
    (error instanceof ApplicationFailure && leftByTemporal.has(error.type ?? '')) ||
    (isGrpcServiceError(error) && passingCalls.has(error.code));
  if (!away) return null;
  return new AppError('unavailable', 'The ticket’s workflow does not answer now. Try again in a moment.', {
    cause: error,
    retryAfter: 5,
  });
};

const fromHono = (error: Error): AppError | null => {
  if (!(error instanceof HTTPException)) return null;
  if (error.status === 400) return new AppError('invalid_input', 'The body is not valid JSON.', { cause: error });
  if (error.status === 415) {
    return new AppError('unsupported_media_type', 'Send the body as application/json.', { cause: error });
  }
  return null;
};

/** What an error means to the person who made the request; what we do not know becomes a bland `internal`. */
export const asAppError = (error: unknown): AppError => {
  for (const cause of causesOf(error)) {
    if (cause instanceof AppError) return cause;
    const known = fromHono(cause) ?? fromTemporal(cause) ?? fromDatabase(cause);
    if (known) return known;
  }
  return new AppError('internal', 'Something failed on our side. It has been noted; try again later.', {
    cause: error,
  });
};
