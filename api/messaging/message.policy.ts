import type { Access } from './conversation.ts';
import { type Voice, voices } from './message.schema.ts';

/** A message can be taken back for this long, in milliseconds. */
export const takeBackWithin = 15 * 60_000;

/** Why nobody may write in this voice now; null when one may. */
export const whyNotWrite = ({ isOver, reads }: Pick<Access, 'isOver' | 'reads'>, voice: Voice): string | null => {
  if (!reads.includes(voice)) return 'Only staff write internal notes, and nobody on their own ticket.';
  if (isOver && voice === 'public') return 'This ticket is over. Send a new one if you need something more.';
  return null;
};

/** The voices in which one may write, the usual one first. */
export const voicesToWrite = (conversation: Access): Voice[] =>
  voices.filter((voice) => whyNotWrite(conversation, voice) === null);

/** Until when an author may take a message back; null when it is too late or done. */
export const takeBackUntil = (message: { postedAt: Date; takenBackAt?: Date | null }, now: Date): Date | null => {
  const until = new Date(message.postedAt.getTime() + takeBackWithin);
  return message.takenBackAt == null && now < until ? until : null;
};
