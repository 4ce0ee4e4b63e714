import type { TimelineEntry } from '../../api/helpdesk/ticket.schema.ts';

export interface FieldError {
  path: (string | number)[];
  message: string;
}

/** The API refused (problem+json), or did not answer at all (`offline`, status 0). */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly errors: FieldError[];
  /** With `version_conflict`: the timeline entries since the version that the page showed. */
  readonly changes: TimelineEntry[];

  constructor(facts: { status: number; code: string; message: string; cause?: unknown } & Partial<ProblemBody>) {
    super(facts.message, { cause: facts.cause });
    this.status = facts.status;
    this.code = facts.code;
    this.requestId = facts.requestId ?? null;
    this.errors = (facts.errors ?? []).map((error) => ({ ...error, path: segments(error.path) }));
    this.changes = facts.changes ?? [];
  }
}

export interface ProblemBody {
  title: string;
  code: string;
  detail: string;
  requestId: string;
  errors: { path: string | (string | number)[]; message: string }[];
  changes: TimelineEntry[];
}

const segments = (path: string | (string | number)[]): (string | number)[] =>
  typeof path === 'string' ? path.split(/[./]/).filter(Boolean).map(maybeIndex) : path;

const maybeIndex = (part: string): string | number => (/^\d+$/.test(part) ? Number(part) : part);

/** Reads the refusal out of an answer; one without a problem body (a proxy's page) becomes a plain sentence. */
export const problemOf = async (response: Response): Promise<Problem> => {
  const body: Partial<ProblemBody> = await response.json().catch(() => ({}));
  return new Problem({
    ...body,
    status: response.status,
    code: body.code ?? 'unknown',
    message: body.detail ?? body.title ?? `The server answered with ${response.status}.`,
    requestId: body.requestId ?? response.headers.get('x-request-id') ?? undefined,
  });
};

export const noAnswer = (cause: unknown): Problem =>
  new Problem({ status: 0, code: 'offline', message: 'The server did not answer.', cause });

/** The sentence that people read about any failure. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Problem ? error.message : 'Something failed in this page. Load it again.';

export const isProblem = (error: unknown, code: string): error is Problem =>
  error instanceof Problem && error.code === code;
