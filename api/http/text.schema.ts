import { z } from 'zod';
import { notATicketNumber, ticketNumberPattern } from '../../workflows/ticket/rules/ticket-number.ts';
import { type TextLimits, tidied, whyNotKept } from './written-text.ts';

// Before NFC a letter may be several characters, each of two code units. More than this cannot become short enough.
const unitsOfCharacter = 4;

const written = (limits: TextLimits) =>
  z
    .string()
    .max(limits.max * unitsOfCharacter, `Use at most ${limits.max} characters.`)
    .transform((value) => tidied(value, limits.lines))
    .superRefine((value, context) => {
      const why = whyNotKept(value, limits);
      if (why !== null) context.addIssue({ code: 'custom', message: why });
    });

/** A text that people write, by the rule of `written-text.ts`; it may have several lines. */
export const text = (min: number, max: number) => written({ min, max, lines: 'many' });

/** A text of one line. */
export const line = (min: number, max: number) => written({ min, max, lines: 'one' });

/** A calendar day, `2026-11-23`. */
export const day = z.iso.date('Choose a day.');

/** The number of a ticket. */
export const ticketNumber = z.string().regex(ticketNumberPattern, notATicketNumber);
