import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { assets, costElements } from './catalogue.ts';
import { forms, someDay } from './form.fixture.ts';
import { earliestToday, submission } from './form.schema.ts';

// Noon UTC: the earliest "today" on earth is still the day before.
const today = '2026-11-22';
const yesterday = '2026-11-21';

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T11:59:59.999Z') });
});
afterAll(() => {
  vi.useRealTimers();
});

/** All days of the form set to this one. */
const sameDay = (form: object, day: string) =>
  Object.fromEntries(Object.entries(form).flatMap(([field, value]) => (value === someDay ? [[field, day]] : [])));

type Category = keyof typeof forms;
const categories = Object.values(forms).map((form) => form.category);

const without = (form: object, path: string) =>
  Object.fromEntries(Object.entries(form).filter(([key]) => key !== path));

/** The paths of the fields with errors. */
const complaints = (form: unknown): string[] => {
  const result = submission.safeParse(form);
  if (result.success) return [];
  const paths = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')],
  );
  return [...new Set(paths)];
};

describe.each(categories)('%s', (category) => {
  const form = forms[category];

  test('is accepted and comes out unchanged', () => {
    expect(submission.parse(form)).toEqual(form);
  });

  const optional = ['category', 'scheduledDate', 'softwareAffected'];
  test.each(Object.keys(form).filter((key) => !optional.includes(key)))('is refused without %s', (field) => {
    expect(complaints(without(form, field))).toEqual([field]);
    expect(complaints({ ...form, [field]: null })).toEqual([field]);
    expect(complaints({ ...form, [field]: 7 })).toEqual([field]);
    expect(complaints({ ...form, [field]: '' })).toContain(field);
  });

  test.each(optional.slice(1))('is accepted without %s', (field) => {
    expect(complaints(without(form, field))).toEqual([]);
  });

  test.each(['status', 'priority', 'department', 'requesterId', 'number', 'version', '__proto__x'])(
    'is refused with a field %s',
    (field) => {
      expect(complaints({ ...form, [field]: 'new' })).toEqual([field]);
    },
  );

  test.each([
    ['subject', 'ab', 2],
    ['subject', 'x'.repeat(151), 151],
    ['subject', '😀'.repeat(151), 151],
    ['subject', 'One line\nand another', null],
    ['subject', 'With a\tbar', null],
    ['subject', 'With a \u0000 in it', null],
    ['subject', 'With a \u001b[31m colour', null],
    ['subject', 'Half an emoji \ud83d', null],
    ['subject', '          ', null],
    ['subject', '\u3164\uffa0\u2800\u200b', null],
    ['subject', '\u0301 on its own', null],
    ['subject', `Zalgo${'\u0330'.repeat(69)}`, null],
    ['description', 'Too short', 9],
    ['description', 'x'.repeat(10_001), 10_001],
    ['description', '😀'.repeat(10_001), 10_001],
    ['description', 'With a bell \u0007 in it', null],
    ['description', 'With a C1 control \u0085 in it', null],
  ])('is refused with %s %.40j', (field, value, length) => {
    if (length !== null) expect([...value]).toHaveLength(length);
    expect(complaints({ ...form, [field]: value })).toEqual([field]);
  });

  test.each([
    ['subject', '😀'.repeat(150)],
    ['subject', 'x'.repeat(150)],
    ['subject', 'VPN'],
    ['description', '😀'.repeat(10_000)],
    ['description', 'x'.repeat(10_000)],
    ['description', 'Two lines,\nand a\ttab'],
  ])('is accepted with %s %j', (field, value) => {
    expect(complaints({ ...form, [field]: value })).toEqual([]);
  });

  const days = Object.entries(form).flatMap(([field, value]) => (value === someDay ? [field] : []));
  const noDays = ['22/11/2026', '2026-11-31', '2026-11-22T00:00:00Z', 'tomorrow', '', '12026-11-22'];

  test.each(days)('is refused with a %s that is no day, has passed or is too far ahead', (field) => {
    for (const day of [yesterday, '2037-01-01', '9999-12-31', ...noDays])
      expect(complaints({ ...form, [field]: day }), day).toContain(field);
  });

  test.each(days)('is accepted with the first and the last %s that there can be', (field) => {
    expect(complaints({ ...form, ...sameDay(form, today), [field]: today })).toEqual([]);
    expect(complaints({ ...form, ...sameDay(form, '2036-12-31'), [field]: '2036-12-31' })).toEqual([]);
  });
});

const wrong: [Category, object, string[]][] = [
  ['it_support', { subCategory: 'Laptop' }, ['subCategory']],
  ['it_support', { deviceType: 'Toaster' }, ['deviceType']],
  ['it_support', { otherDevice: undefined }, ['otherDevice']],
  ['it_support', { otherDevice: 'x'.repeat(51) }, ['otherDevice']],
  ['it_support', { softwareAffected: 'x'.repeat(101) }, ['softwareAffected']],
  ['it_support', { serial: 'DL-2024-001' }, ['serial']],
  ['asset_check_in', { subCategory: 'Laptop' }, ['serial']],
  ['asset_check_in', { serial: 'LN-2024-003' }, ['serial']],
  ['asset_check_in', { serial: 'pr-2024-001' }, ['serial']],
  ['asset_check_in', { location: 'Moon' }, ['location']],
  ['asset_check_in', { issueType: 'Haunted' }, ['issueType']],
  ['asset_check_in', { otherIssue: undefined }, ['otherIssue']],
  ['asset_check_in', { otherIssue: 'x'.repeat(101) }, ['otherIssue']],
  ['asset_check_in', { expectedReturnDate: today }, ['expectedReturnDate']],
  ['asset_check_out', { scheduledDate: '2026-12-02', expectedReturnDate: '2026-12-01' }, ['expectedReturnDate']],
  ['asset_check_out', { serial: 'XX-2024-001' }, ['serial']],
  ['asset_check_out', { subCategory: 'Monitor' }, ['subCategory']],
  ['asset_check_out', { issueType: 'Other' }, ['issueType']],
  ['budget_proposal', { items: [] }, ['items']],
  ['budget_proposal', { items: Array(21).fill(forms.budget_proposal.items[0]) }, ['items']],
  ['budget_proposal', { items: [{ ...forms.budget_proposal.items[0], price: 1 }] }, ['price']],
  [
    'budget_proposal',
    { items: [{ ...forms.budget_proposal.items[0], costElement: 'Loans' }] },
    ['items.0.costElement'],
  ],
  [
    'budget_proposal',
    { items: [{ ...forms.budget_proposal.items[0], estimatedCost: '0' }] },
    ['items.0.estimatedCost'],
  ],
  ['budget_proposal', { items: [{ ...forms.budget_proposal.items[0], description: '' }] }, ['items.0.description']],
  ['budget_proposal', { subCategory: 'Laptop' }, ['subCategory']],
  [
    'budget_proposal',
    { performanceStart: '2026-12-02', performanceEnd: '2026-12-01', scheduledDate: today },
    ['performanceEnd'],
  ],
  [
    'budget_proposal',
    { performanceStart: today, performanceEnd: '2026-12-01', scheduledDate: '2026-12-02' },
    ['scheduledDate'],
  ],
  ['budget_proposal', { preparedBy: 'x'.repeat(101) }, ['preparedBy']],
  ['general_request', { subCategory: 'Laptop' }, ['subCategory']],
];

test.each(wrong)('%s with %j is refused', (category, patch, paths) => {
  expect(complaints({ ...forms[category], ...patch })).toEqual(paths);
});

test.each([[{}], [null], [[]], ['it_support'], [{ ...forms.it_support, category: 'support' }]])(
  '%j is no form',
  (form) => {
    expect(complaints(form)).toHaveLength(1);
  },
);

test('texts are trimmed and composed before they are counted', () => {
  const form = { ...forms.general_request, subject: '  E\u0301e\u0301  ' };
  expect(complaints(form)).toEqual(['subject']);
  expect(submission.parse({ ...form, subject: '  Be\u0301be\u2028Cafe\u0301s  ' }).subject).toBe('Bébe Cafés');
});

test('a day counts as past only when it is past everywhere on earth', () => {
  expect(earliestToday()).toBe(today);
  expect(complaints({ ...forms.asset_check_out, scheduledDate: today, expectedReturnDate: today })).toEqual([]);
  expect(complaints({ ...forms.budget_proposal, ...sameDay(forms.budget_proposal, today) })).toEqual([]);
  expect(earliestToday(new Date('2026-11-23T12:00:00Z'))).toBe('2026-11-23');
});

test('each asset can be checked out under its own kind and under no other', () => {
  const kinds = [...new Set(assets.map((asset) => asset.type))];
  for (const { type, serial } of assets)
    for (const subCategory of kinds)
      expect(complaints({ ...forms.asset_check_out, subCategory, serial }), `${serial} as ${subCategory}`).toEqual(
        subCategory === type ? [] : ['serial'],
      );
});

test('each cost element belongs to one kind of budget', () => {
  for (const [own, elements] of Object.entries(costElements))
    for (const subCategory of Object.keys(costElements)) {
      const items = elements.map((costElement) => ({ costElement, estimatedCost: '0-10000', description: 'For work' }));
      const expected = subCategory === own ? [] : items.map((_item, index) => `items.${index}.costElement`);
      expect(complaints({ ...forms.budget_proposal, subCategory, items }), `${own} in ${subCategory}`).toEqual(
        expected,
      );
    }
});
