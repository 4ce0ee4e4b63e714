import { z } from 'zod';

/** Every error answer, as RFC 9457 shapes it; `code` is stable, `detail` is the sentence for the person. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
  /** What is wrong with which field of the input. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;
