import { z } from 'zod';

/** A page of a list: `next` is the cursor of the following one; beyond 1,000 the count only says "more than". */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable(),
    total: z.object({ count: z.int(), more: z.boolean() }),
  });

export interface Page<Item> {
  items: Item[];
  next: string | null;
  total: { count: number; more: boolean };
}
