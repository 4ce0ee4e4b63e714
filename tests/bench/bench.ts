import type { Pool } from 'pg';
import type { Limits } from './limits/limits.ts';
import type { Options } from './options.ts';
import type { Results } from './results.ts';
import type { Product } from './stack/product.ts';
import type { Sessions } from './stack/sessions.ts';

/** What every group of rows is given. */
export interface Bench {
  options: Options;
  product: Product;
  limits: Limits;
  sessions: Sessions;
  /** Connections of the benchmark's own, for looking things up. */
  database: Pool;
  results: Results;
  /** Round trips to PostgreSQL for one request of a row. */
  statements: Record<string, number>;
  /** How many tickets there are now. */
  tickets: number;
  /** Tells what is being measured. */
  say(text: string): void;
  /** Waits until the product has nothing to do. */
  quiet(): Promise<void>;
  /** As `quiet`, and notes how much memory each part has come to use. */
  settle(): Promise<void>;
}

/** Rows that are measured together. */
export interface Group {
  name: string;
  /** For which numbers of tickets it is measured: each, each unless the run is quick and the most then, or in the end. */
  at: 'each size' | 'each size, or the last' | 'the end';
  /** Left out of a quick run. */
  long?: boolean;
  run(bench: Bench): Promise<void>;
}
