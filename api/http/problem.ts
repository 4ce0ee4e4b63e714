/** Every code that an error answer can bear, with its HTTP status. */
export const problems = {
  invalid_input: { status: 400, title: 'The input is not right' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  invalid_credentials: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not permitted' },
  not_found: { status: 404, title: 'Not found' },
  too_slow: { status: 408, title: 'Too slow' },
  version_conflict: { status: 409, title: 'Changed in the meantime' },
  idempotency_key_reused: { status: 409, title: 'The key was used for something else' },
  other_user: { status: 409, title: 'Somebody else is signed in' },
  not_allowed: { status: 409, title: 'Not possible now' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'Not plain JSON' },
  misdirected: { status: 421, title: 'Another address' },
  rate_limited: { status: 429, title: 'Too many tries' },
  headers_too_large: { status: 431, title: 'Too large' },
  internal: { status: 500, title: 'Something failed' },
  unavailable: { status: 503, title: 'Not available now' },
} as const;

export type ProblemCode = keyof typeof problems;

export const isProblemCode = (code: unknown): code is ProblemCode =>
  typeof code === 'string' && Object.hasOwn(problems, code);

export interface FieldError {
  path: string;
  message: string;
}

export interface AppErrorOptions {
  /** Further members of the answer, for example what has changed since. */
  details?: Record<string, unknown>;
  errors?: FieldError[];
  /** Seconds after which a new try makes sense. */
  retryAfter?: number;
  cause?: unknown;
}

/** An error that we expect; the message is a sentence a person can act on. */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ProblemCode;
  readonly details: Record<string, unknown>;
  readonly errors: FieldError[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ProblemCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }
}
