/** Works on all items, so many at the same time; all of them have ended when the first failure is thrown. */
export const eachOf = async <Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>) => {
  const queue = [...items];
  const workOff = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, workOff));
  const failed = ended.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
};
