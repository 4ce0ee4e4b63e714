import { ticketSeed } from '../../../seeds/tickets.ts';

export interface Wording {
  subject: string;
  description: string;
}

/** How many seeds to generate: enough for nearly every subject and description. */
const seedCount = 400;
/** Leaves room for a tag after the subject. */
const longestSubject = 60;

/** Realistic subjects and descriptions, each pair once. */
export const wording = (): Wording[] => {
  const pairs = new Map<string, Wording>();
  for (let n = 0; n < seedCount; n += 1) {
    const form = ticketSeed(n, { batch: 'tickets', today: '2026-11-23' }).formFor('Robin Example');
    const subject = form.subject.slice(0, longestSubject);
    pairs.set(`${subject}\n${form.description}`, { subject, description: form.description });
  }
  return [...pairs.values()];
};
