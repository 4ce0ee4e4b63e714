import type { z } from 'zod';

/** A JSON body, for requests and answers. */
export const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });

export const ok = <Schema extends z.ZodType>(schema: Schema) => ({ description: 'Done', ...json(schema) });
