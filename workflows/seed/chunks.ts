export interface Chunk {
  from: number;
  /** Not included. */
  to: number;
}

/** `total` things in lots of `size`: each is one activity, after which the bar moves and a killed worker goes on. */
export const chunks = (total: number, size: number): Chunk[] =>
  Array.from({ length: Math.ceil(total / size) }, (_, index) => ({
    from: index * size,
    to: Math.min(total, (index + 1) * size),
  }));
