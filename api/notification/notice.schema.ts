import { z } from 'zod';

/** What a notice is about; the page writes the sentence in the reader's words. */
export const noticeKinds = [
  'submitted',
  'opened',
  'in_progress',
  'rejected',
  'assigned',
  'sent_back',
  'taken',
  'resolved',
  'withdrawn',
  'closed',
  'overdue',
] as const;

export const notice = z.object({
  id: z.int(),
  kind: z.enum(noticeKinds),
  title: z.string(),
  body: z.string(),
  ticket: z.string(),
  /** Where a click leads, a path of the web. */
  link: z.string(),
  at: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export type Notice = z.infer<typeof notice>;

export const noticeQuery = z.strictObject({
  show: z.enum(['unread', 'all']).default('all'),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** Which notices to mark as read; without ids all of them. */
export const readNotices = z.strictObject({ ids: z.array(z.int().min(1)).max(100).optional() });
