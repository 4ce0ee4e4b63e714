import { earliestToday, type Form, submission } from '../../../api/helpdesk/form.schema.ts';
import { dayFields, whyNotThisDay } from '../../../api/helpdesk/form-days.ts';
import type { Category } from '../../../workflows/ticket/rules/words.ts';
import type { FieldError } from '../../lib/problem.ts';
import { type Draft, type FieldName, fieldsOf, toSubmission } from './draft.ts';

/** The first error of each field, by its path: `subject`, `items.0.description`. */
export type Errors = Record<string, string>;

const labels: Record<FieldName, string> = {
  subject: 'Subject',
  description: 'Description',
  scheduledDate: 'Wanted on',
  subCategory: 'Kind',
  deviceType: 'Device',
  otherDevice: 'Which device',
  softwareAffected: 'Software affected',
  serial: 'Device',
  location: 'Place',
  issueType: 'Condition',
  otherIssue: 'What is wrong',
  expectedReturnDate: 'Expected return date',
  performanceStart: 'From',
  performanceEnd: 'Until',
  preparedBy: 'Prepared by',
};

const ownLabels: Partial<Record<Category, Partial<Record<FieldName, string>>>> = {
  asset_check_out: { location: 'Where you will use it', scheduledDate: 'Needed from' },
  asset_check_in: { location: 'Where it is now' },
};

export const labelFor = (category: Category, name: FieldName): string => ownLabels[category]?.[name] ?? labels[name];

const itemLabels: Record<string, string> = {
  costElement: 'Cost element',
  estimatedCost: 'Estimated cost',
  description: 'What for',
};

const isField = (name: string): name is FieldName => name in labels;

/** The name of a field in the summary: "Item 2, What for". */
export const labelOf = (category: Category, path: string): string => {
  const [head = '', index, part = ''] = path.split('.');
  if (head === 'items') return index === undefined ? 'Items' : `Item ${Number(index) + 1}, ${itemLabels[part] ?? part}`;
  return isField(head) ? labelFor(category, head) : 'The form';
};

const byField = (errors: readonly { path: readonly PropertyKey[]; message: string }[]): Errors => {
  const found: Errors = {};
  for (const { path, message } of errors) found[path.map(String).join('.')] ??= message;
  return found;
};

/** Days that contradict each other are said at once; the schema compares them only when all else is right. */
const dayErrors = (category: Category, { values }: Draft): Errors =>
  Object.fromEntries(
    dayFields.flatMap((field) => {
      const why = whyNotThisDay(category, field, values, earliestToday());
      return why === null ? [] : [[field, why]];
    }),
  );

/** The form to send, or null with the errors of the draft. */
export const check = (category: Category, draft: Draft): { form: Form | null; errors: Errors } => {
  const result = submission.safeParse(toSubmission(category, draft));
  if (result.success) return { form: result.data, errors: {} };
  return { form: null, errors: { ...dayErrors(category, draft), ...byField(result.error.issues) } };
};

/** The server's errors, by the same paths. */
export const serverErrors = (errors: readonly FieldError[]): Errors => byField(errors);

/** The errors in the order of the fields on the page. */
export const inOrder = (category: Category, errors: Errors): [path: string, message: string][] => {
  const order = fieldsOf(category).flatMap((name) => (name === 'subCategory' ? [name, 'items'] : [name]));
  const place = (path: string) => {
    const at = order.indexOf(path.split('.')[0] ?? '');
    return at === -1 ? order.length : at;
  };
  return Object.entries(errors).sort(([a], [b]) => place(a) - place(b));
};
