interface Pages<Row> {
  pages: readonly { items: readonly Row[] }[];
}

/**
 * The rows of a list that was loaded page by page. A row can move between pages while they load, and is then in two of them: it
 * is shown once, in its newest state and at the place of that. Of two equal states the page that was loaded later counts.
 */
export const mergedPages = <Row, Id extends string | number>(
  { pages }: Pages<Row>,
  idOf: (row: Row) => Id,
  versionOf: (row: Row) => number,
): Row[] => {
  const rows = pages.flatMap(({ items }) => items);
  const newest = new Map<Id, Row>();
  for (const row of rows) {
    const known = newest.get(idOf(row));
    if (known === undefined || versionOf(row) >= versionOf(known)) newest.set(idOf(row), row);
  }
  return rows.filter((row) => newest.get(idOf(row)) === row);
};
