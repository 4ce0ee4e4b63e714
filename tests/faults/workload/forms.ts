import { ticketSeed } from '../../../seeds/tickets.ts';

/** A form as people fill it in. The key is part of the description, so that a doubled ticket is seen whatever made it. */
export const formFor = (turn: number, key: string): object => {
  const form = ticketSeed(turn, { batch: 'tickets', today: new Date().toISOString().slice(0, 10) }).formFor('Somebody');
  const reference = `\n\nReference ${key}`;
  return { ...form, description: form.description + reference };
};

export const keyIn = (description: string): string | null => /Reference ([\w-]+)$/.exec(description)?.[1] ?? null;
