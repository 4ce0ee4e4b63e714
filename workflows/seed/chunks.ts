export interface Chunk {
  from: number;
  /** Not included. */
  to: number;
}

/** Splits `total` into chunks of `size`. Each is one activity, so the bar moves and a killed worker repeats only one chunk. */
export const chunks = (total: number, size: number): Chunk[] =>
  Array.from({ length: Math.ceil(total / size) }, (_, index) => ({
    from: index * size,
    to: Math.min(total, (index + 1) * size),
  }));
