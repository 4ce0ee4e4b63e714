import { z } from 'zod';

/** A moment in an address, as a date for the query: `2026-11-23T00:00:00Z`, or with an offset. */
export const instant = z.iso
  .datetime({ offset: true, error: 'Write a moment like 2026-11-23T00:00:00Z.' })
  .transform((text) => new Date(text));
