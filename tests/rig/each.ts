/** Processes a list, `concurrency` items at a time. */
export const each = async <Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item, worker: number) => Promise<void>,
): Promise<void> => {
  const left = items[Symbol.iterator]();
  const worker = async (index: number): Promise<void> => {
    for (const item of left) await work(item, index);
  };
  await Promise.all(Array.from({ length: concurrency }, (_, index) => worker(index)));
};
