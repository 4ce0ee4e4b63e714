import pLimit from 'p-limit';

/**
 * Does the work for each item, at most so many at once. After a failure nothing more is begun.
 * @throws the first error of the work.
 */
export const eachAtOnce = async <Item>(
  most: number,
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const limit = pLimit(most);
  await limit.map(items, work).finally(() => limit.clearQueue());
};
