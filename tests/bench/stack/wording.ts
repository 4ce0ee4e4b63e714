import { ticketSeed } from '../../../seeds/tickets.ts';

export interface Wording {
  subject: string;
  description: string;
}

/** How many seeds are asked: enough to have met nearly every subject and description that they know. */
const asked = 400;
/** A subject has room for a tag behind it. */
const longestSubject = 60;

/** Subjects and descriptions as people write them, each pair once. */
export const wording = (): Wording[] => {
  const pairs = new Map<string, Wording>();
  for (let n = 0; n < asked; n += 1) {
    const form = ticketSeed(n, { batch: 'tickets', today: '2026-11-23' }).formFor('Robin Example');
    const subject = form.subject.slice(0, longestSubject);
    pairs.set(`${subject}\n${form.description}`, { subject, description: form.description });
  }
  return [...pairs.values()];
};
