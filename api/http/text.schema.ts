import { z } from 'zod';
import { notATicketNumber, ticketNumberPattern } from '../../workflows/ticket/rules/ticket-number.ts';

// C0 and C1 controls but tab and line ends, and halves of a surrogate pair: PostgreSQL or a screen chokes on them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point.
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u;

const characters = (value: string): number => [...value].length;

// What takes no room on the screen (zero-width spaces and joiners, marks of direction) fills nothing in.
const seen = (value: string): number => characters(value.replaceAll(/\p{Cf}/gu, ''));

/** One kind of text for all input: trimmed, NFC, printable, its length counted in characters and not in code units. */
export const text = (min: number, max: number) =>
  z
    .string()
    .max(max * 4, `Use at most ${max} characters.`)
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => !unprintable.test(value), 'Remove the characters that cannot be printed.')
    .refine((value) => seen(value) >= min, min === 1 ? 'Fill this in.' : `Use at least ${min} characters.`)
    .refine((value) => characters(value) <= max, `Use at most ${max} characters.`);

/** A line of text: as `text`, but without line ends. */
export const line = (min: number, max: number) =>
  text(min, max).refine((value) => !/[\r\n\t]/.test(value), 'Keep this on one line.');

/** A calendar day, `2026-11-23`. */
export const day = z.iso.date('Choose a day.');

/** The number of a ticket. */
export const ticketNumber = z.string().regex(ticketNumberPattern, notATicketNumber);
