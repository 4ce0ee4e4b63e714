/** Works off a list, so many at a time. */
export const each = async <Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, worker: number) => Promise<void>,
): Promise<void> => {
  const left = items[Symbol.iterator]();
  const worker = async (index: number): Promise<void> => {
    for (const item of left) await work(item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, (_, index) => worker(index)));
};
