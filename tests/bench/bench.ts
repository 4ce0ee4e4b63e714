import type { Pool } from 'pg';
import type { Limits } from './limits/limits.ts';
import type { Options } from './options.ts';
import type { Results } from './results.ts';
import type { Product } from './stack/product.ts';
import type { Sessions } from './stack/sessions.ts';

/** The input of every group. */
export interface Bench {
  options: Options;
  product: Product;
  limits: Limits;
  sessions: Sessions;
  /** The benchmark's own connections, for lookups. */
  database: Pool;
  results: Results;
  /** Round trips to PostgreSQL for one request of a row. */
  statements: Record<string, number>;
  /** The current number of tickets. */
  tickets: number;
  /** Prints what is being measured. */
  say(text: string): void;
  /** Waits until the product is idle. */
  quiet(): Promise<void>;
  /** Like `quiet`, and records the memory of each part. */
  settle(): Promise<void>;
}

/** Rows measured together. */
export interface Group {
  name: string;
  /** The sizes at which it is measured: each, each (in a quick run only the largest), or once at the end. */
  at: 'each size' | 'each size, or the last' | 'the end';
  /** Left out of a quick run. */
  long?: boolean;
  run(bench: Bench): Promise<void>;
}
