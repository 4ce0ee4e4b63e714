import { z } from 'zod';
import { wholeNumber } from '../http/number.schema.ts';
import { pageOf } from '../http/page.schema.ts';
import { text } from '../http/text.schema.ts';

/** Who reads a message: `public` the requester and staff, `internal` staff alone. */
export const voices = ['public', 'internal'] as const;
export const voice = z.enum(voices);
export type Voice = z.infer<typeof voice>;

/** The most characters of a message. */
export const longestMessage = 10_000;

const words = text(1, longestMessage);

export const newMessage = z.strictObject({ voice: voice.default('public'), text: words });
export const editedMessage = z.strictObject({ text: words });

export const message = z.object({
  id: z.int(),
  ticket: z.string(),
  voice,
  author: z.object({ id: z.int(), name: z.string() }),
  /** Null once it is taken back. */
  text: z.string().nullable(),
  postedAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  takenBackAt: z.iso.datetime().nullable(),
  /** Until when its author may take it back; null for others, and when it is too late. */
  takeBackUntil: z.iso.datetime().nullable(),
});
export type Message = z.infer<typeof message>;

/** What somebody has begun to write. An empty text clears it. */
export const draft = z.strictObject({ voice, text: text(0, longestMessage) });
export type Draft = z.infer<typeof draft>;

export const messagePage = pageOf(message).extend({
  /** The voices in which this reader may write now; the first one is the usual. */
  voices: z.array(voice),
  /** Why they may not write; null when they may. */
  whyNot: z.string().nullable(),
  /** What this reader has begun to write. */
  draft: draft.nullable(),
});
export type MessagePage = z.infer<typeof messagePage>;

export const messageQuery = z.strictObject({
  cursor: z.string().max(300).optional(),
  limit: wholeNumber(1, 100).default(50),
});
