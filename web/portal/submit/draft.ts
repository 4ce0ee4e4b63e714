import type { Category } from '../../../workflows/ticket/rules/words.ts';

const texts = [
  'subject',
  'description',
  'scheduledDate',
  'subCategory',
  'deviceType',
  'otherDevice',
  'softwareAffected',
  'serial',
  'location',
  'issueType',
  'otherIssue',
  'expectedReturnDate',
  'performanceStart',
  'performanceEnd',
  'preparedBy',
] as const;
export type FieldName = (typeof texts)[number];

export interface ItemDraft {
  costElement: string;
  estimatedCost: string;
  description: string;
}

/** What is typed or chosen in the fields: always text, also where nothing is chosen yet. */
export interface Draft {
  values: Record<FieldName, string>;
  items: ItemDraft[];
}

/** The fields of each form in the order in which they are shown. */
const shown: Record<Category, readonly FieldName[]> = {
  it_support: ['subCategory', 'deviceType', 'otherDevice', 'softwareAffected'],
  asset_check_in: ['subCategory', 'serial', 'location', 'issueType', 'otherIssue'],
  asset_check_out: ['subCategory', 'serial', 'location', 'scheduledDate', 'expectedReturnDate'],
  budget_proposal: ['subCategory', 'performanceStart', 'performanceEnd', 'preparedBy'],
  general_request: [],
};
const common: readonly FieldName[] = ['subject', 'description', 'scheduledDate'];
const optional: readonly FieldName[] = ['scheduledDate', 'otherDevice', 'softwareAffected', 'otherIssue'];

export const fieldsOf = (category: Category): readonly FieldName[] => [...new Set([...shown[category], ...common])];

export const blankItem = (): ItemDraft => ({ costElement: '', estimatedCost: '', description: '' });

export const blankDraft = (category: Category, myName: string): Draft => ({
  values: {
    subject: '',
    description: '',
    scheduledDate: '',
    subCategory: '',
    deviceType: '',
    otherDevice: '',
    softwareAffected: '',
    serial: '',
    location: '',
    issueType: '',
    otherIssue: '',
    expectedReturnDate: '',
    performanceStart: '',
    performanceEnd: '',
    preparedBy: category === 'budget_proposal' ? myName : '',
  },
  items: category === 'budget_proposal' ? [blankItem()] : [],
});

/** A text that belongs to the answer "Other" is not sent with another answer. */
const isMeant = (name: FieldName, values: Draft['values']): boolean => {
  if (name === 'otherDevice') return values.deviceType === 'Other';
  return name !== 'otherIssue' || values.issueType === 'Other';
};

/** The input of the schema: the fields of this form, optional ones only when filled. */
export const toSubmission = (category: Category, draft: Draft): Record<string, unknown> => {
  const fields = fieldsOf(category)
    .filter((name) => isMeant(name, draft.values))
    .filter((name) => !optional.includes(name) || draft.values[name].trim() !== '')
    .map((name) => [name, draft.values[name]] as const);
  const items = category === 'budget_proposal' ? { items: draft.items.map((item) => ({ ...item })) } : {};
  return { category, ...Object.fromEntries(fields), ...items };
};

export const isBlank = (draft: Draft, blank: Draft): boolean => JSON.stringify(draft) === JSON.stringify(blank);
