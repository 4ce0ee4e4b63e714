import type { Measured } from './measure/cell.ts';

/** One cell of a row, and the limit measured right after it. */
export interface Cell {
  row: string;
  /** The number of tickets. */
  tickets: number;
  clients: number;
  /** The number of API and of worker processes. */
  processes: number;
  product: Measured;
  /** Null when no limit was measured. */
  limit: Measured | null;
}

/** A single figure. */
export interface Figure {
  name: string;
  value: number;
  unit: 'ms' | 's' | 'MB' | 'KB' | 'per second' | '×' | '';
  /** A second figure: the limit's, or the parts of this one. */
  beside?: string;
}

export interface Goal {
  row: string;
  goal: string;
  /** The result in words. */
  measured: string;
  met: boolean;
}

/** A group of rows that failed. */
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
