import { z } from 'zod';
import { largestId } from '../../workflows/ticket/rules/input.ts';
import { departments } from '../../workflows/ticket/rules/words.ts';
import { wholeNumber } from '../http/number.schema.ts';
import { line } from '../http/text.schema.ts';

export const peopleQuery = z.strictObject({
  q: line(1, 100).optional().meta({ description: 'Beginnings of names, or of the e-mail address' }),
  ids: z
    .string()
    .transform((value): unknown[] => value.split(','))
    .pipe(z.array(wholeNumber(1, largestId)).min(1).max(20))
    .optional()
    .meta({ description: 'Only these users: ids, separated by commas' }),
  of: z.literal('tts').optional().meta({ description: 'Only people with a role in ticket tracking' }),
});
export type PeopleQuery = z.infer<typeof peopleQuery>;

export const personRow = z.object({
  id: z.int(),
  name: z.string(),
  email: z.string(),
  department: z.enum(departments).nullable(),
});
export type PersonRow = z.infer<typeof personRow>;
