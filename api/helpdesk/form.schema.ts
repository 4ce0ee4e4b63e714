import { z } from 'zod';
import { day, line, text } from '../http/text.schema.ts';
import { assets, costElements, costRanges, deviceTypes, issueTypes, locations, subCategories } from './catalogue.ts';
import { dayFields, whyNotThisDay } from './form-days.ts';

/** How long the texts of every form may be, in characters. */
export const textLimits = { subject: { min: 3, max: 150 }, description: { min: 10, max: 10_000 } } as const;

const common = {
  subject: line(textLimits.subject.min, textLimits.subject.max),
  description: text(textLimits.description.min, textLimits.description.max),
  /** When the employee wants it done. */
  scheduledDate: day.optional(),
};

const serials = assets.map((asset) => asset.serial);
const ranges = costRanges.map((range) => range.code);
const elements = Object.values(costElements).flat();

const itSupport = z.strictObject({
  category: z.literal('it_support'),
  ...common,
  subCategory: z.enum(subCategories.it_support, 'Choose what it is about.'),
  deviceType: z.enum(deviceTypes, 'Choose a device.'),
  /** What the device is, when the type is Other. */
  otherDevice: line(1, 50).optional(),
  softwareAffected: line(1, 100).optional(),
});

const asset = {
  subCategory: z.enum(subCategories.asset_check_out, 'Choose a kind of asset.'),
  serial: z.enum(serials, 'Choose an asset.'),
  location: z.enum(locations, 'Choose a place.'),
};

const assetCheckIn = z.strictObject({
  category: z.literal('asset_check_in'),
  ...common,
  ...asset,
  issueType: z.enum(issueTypes, 'Choose its condition.'),
  /** What is wrong, when the issue is Other. */
  otherIssue: line(1, 100).optional(),
});

const assetCheckOut = z.strictObject({
  category: z.literal('asset_check_out'),
  ...common,
  ...asset,
  /** When the asset is returned. */
  expectedReturnDate: day,
});

const budgetProposal = z.strictObject({
  category: z.literal('budget_proposal'),
  ...common,
  subCategory: z.enum(subCategories.budget_proposal, 'Choose a kind of budget.'),
  items: z
    .array(
      z.strictObject({
        costElement: z.enum(elements, 'Choose a cost element.'),
        estimatedCost: z.enum(ranges, 'Choose a range.'),
        description: line(1, 100),
      }),
    )
    .min(1, 'Add at least one item.')
    .max(20, 'Use at most 20 items.'),
  /** The first and last day of the period in which the money is spent. */
  performanceStart: day,
  performanceEnd: day,
  preparedBy: line(1, 100),
});

const generalRequest = z.strictObject({ category: z.literal('general_request'), ...common });

const forms = z.discriminatedUnion(
  'category',
  [itSupport, assetCheckIn, assetCheckOut, budgetProposal, generalRequest],
  'Choose a category.',
);
export type Form = z.infer<typeof forms>;

type Problem = [path: (string | number)[], message: string];

/** Rules about two fields, or a field and today; `today` is like `2026-11-23`. */
const crossChecks = (form: Form, today: string): Problem[] => {
  const problems: Problem[] = [];
  for (const field of dayFields) {
    const why = whyNotThisDay(form.category, field, form, today);
    if (why !== null) problems.push([[field], why]);
  }
  if (form.category === 'it_support' && form.deviceType === 'Other' && !form.otherDevice)
    problems.push([['otherDevice'], 'Say which device it is.']);
  if (form.category === 'asset_check_in' && form.issueType === 'Other' && !form.otherIssue)
    problems.push([['otherIssue'], 'Say what is wrong with it.']);
  if (form.category === 'asset_check_in' || form.category === 'asset_check_out') {
    const chosen = assets.find((candidate) => candidate.serial === form.serial);
    if (chosen && chosen.type !== form.subCategory)
      problems.push([['serial'], `${chosen.name} is a ${chosen.type.toLowerCase()}. Choose one of the kind above.`]);
  }
  if (form.category === 'budget_proposal') problems.push(...budgetChecks(form));
  return problems;
};

const budgetChecks = (form: z.infer<typeof budgetProposal>): Problem[] => {
  const problems: Problem[] = [];
  const allowed: readonly string[] = costElements[form.subCategory];
  form.items.forEach((item, index) => {
    if (!allowed.includes(item.costElement))
      problems.push([['items', index, 'costElement'], `${item.costElement} does not belong to ${form.subCategory}.`]);
  });
  return problems;
};

/** Today in the time zone that is furthest behind, so that nobody's "today" is refused as past. */
export const earliestToday = (now: Date = new Date()): string =>
  new Date(now.getTime() - 12 * 3_600_000).toISOString().slice(0, 10);

/** The forms: one strict schema for each category, shared by the page and the API. */
export const submission = forms.superRefine((form, context) => {
  for (const [path, message] of crossChecks(form, earliestToday())) {
    context.addIssue({ code: 'custom', path, message });
  }
});
