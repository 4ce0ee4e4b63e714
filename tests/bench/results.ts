import type { Measured } from './measure/cell.ts';

/** One cell of a row with the limit that was measured right after it. */
export interface Cell {
  row: string;
  /** How many tickets there were. */
  tickets: number;
  clients: number;
  /** API and worker processes of each kind. */
  processes: number;
  product: Measured;
  /** Null where the limit would say nothing new. */
  limit: Measured | null;
}

/** A single figure. */
export interface Figure {
  name: string;
  value: number;
  unit: 'ms' | 's' | 'MB' | 'KB' | 'per second' | '×' | '';
  /** What stands beside it: the figure of the limit, or what it is made of. */
  beside?: string;
}

export interface Goal {
  row: string;
  goal: string;
  /** What came out, in words. */
  measured: string;
  met: boolean;
}

/** A group of rows that could not be measured to its end. */
export interface Failure {
  group: string;
  tickets: number;
  error: string;
}

export interface Results {
  cells: Cell[];
  figures: Figure[];
  goals: Goal[];
  failures: Failure[];
}

/** Product by limit, by throughput. */
export const ratioOf = ({ product, limit }: Cell): number | null =>
  limit === null ? null : product.perSecond / limit.perSecond;
