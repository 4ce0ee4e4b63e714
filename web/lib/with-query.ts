type Query = Record<string, string | number | boolean | null | undefined>;

/** A path with the filled parts of a query. */
export const withQuery = (path: string, query: Query = {}): string => {
  const filled = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === null || value === '' ? [] : [[key, String(value)]],
  );
  return filled.length === 0 ? path : `${path}?${new URLSearchParams(filled)}`;
};
