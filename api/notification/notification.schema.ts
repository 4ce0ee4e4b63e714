import { z } from 'zod';
import { wholeNumber } from '../http/number.schema.ts';

/** What a notification is about; the page writes the sentence in the reader's words. */
export const notificationKinds = [
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
  'message',
  'internal_note',
] as const;

export const notification = z.object({
  id: z.int(),
  kind: z.enum(notificationKinds),
  title: z.string(),
  body: z.string(),
  ticket: z.string(),
  /** Where a click leads, a path of the web. */
  link: z.string(),
  at: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export type Notification = z.infer<typeof notification>;

export const notificationQuery = z.strictObject({
  show: z.enum(['unread', 'all']).default('all'),
  cursor: z.string().max(300).optional(),
  limit: wholeNumber(1, 100).default(20),
});

/**
 * Which notifications to mark as read: those that the reader has seen, by their ids, and all that are older than `before`.
 * There is no "all": it would include what came after the page was loaded.
 */
export const readNotifications = z.strictObject({
  ids: z.array(z.int().min(1)).max(100),
  before: z.int().min(1).optional(),
});
export type ReadNotifications = z.infer<typeof readNotifications>;
