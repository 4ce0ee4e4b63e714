import { z } from 'zod';

/** The headers of a request that creates something once, however often it is sent. */
export const onceHeaders = z.object({
  'idempotency-key': z
    .string({ error: 'Send an Idempotency-Key, the same one with each retry.' })
    .regex(/^[\w-]{8,128}$/, 'Use 8 to 128 letters, digits, - or _.'),
});
