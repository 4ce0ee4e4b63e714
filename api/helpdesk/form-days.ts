import type { Category } from '../../workflows/ticket/rules/words.ts';

// The days in the forms and how they go together. The API checks them, and the pages offer no others.

export const dayFields = ['scheduledDate', 'expectedReturnDate', 'performanceStart', 'performanceEnd'] as const;
export type DayField = (typeof dayFields)[number];
export type Days = Partial<Record<DayField, string | undefined>>;

interface Against {
  field: DayField;
  /** What is said when the two contradict each other. */
  why: string;
}

/** What one day must not contradict. */
interface DayRule {
  notBefore?: Against;
  notAfter?: Against;
}

/** The days of each form. Each lies between today and the end of the tenth year from now. */
const rules: Record<Category, Partial<Record<DayField, DayRule>>> = {
  it_support: { scheduledDate: {} },
  asset_check_in: { scheduledDate: {} },
  asset_check_out: {
    scheduledDate: {},
    expectedReturnDate: {
      notBefore: {
        field: 'scheduledDate',
        why: 'It would be back before you need it. Choose the day from which you need it, or a later one.',
      },
    },
  },
  budget_proposal: {
    performanceStart: {},
    performanceEnd: {
      notBefore: {
        field: 'performanceStart',
        why: 'The end lies before the start. Choose the same day or a later one.',
      },
    },
    scheduledDate: {
      notAfter: {
        field: 'performanceEnd',
        why: 'The period is over by then. Choose its last day or an earlier one.',
      },
    },
  },
  general_request: { scheduledDate: {} },
};

const yearsAhead = 10;
const latestYear = (today: string): number => Number(today.slice(0, 4)) + yearsAhead;

/** Why this day cannot be in this form with the others; null when it can. `today` is like `2026-11-23`. */
export const whyNotThisDay = (category: Category, field: DayField, days: Days, today: string): string | null => {
  const rule = rules[category][field];
  const value = days[field];
  if (!rule || !value) return null;
  if (value < today) return 'This day has passed. Choose today or a later one.';
  if (value > `${latestYear(today)}-12-31`) return `This is too far ahead. Choose a day until ${latestYear(today)}.`;
  const { notBefore, notAfter } = rule;
  const earliest = notBefore && days[notBefore.field];
  if (earliest && value < earliest) return notBefore.why;
  const latest = notAfter && days[notAfter.field];
  return latest && value > latest ? notAfter.why : null;
};

/** The first and the last day that this field can have now. */
export const daysOffered = (category: Category, field: DayField, days: Days, today: string) => {
  const { notBefore, notAfter } = rules[category][field] ?? {};
  const earliest = notBefore && days[notBefore.field];
  const latest = notAfter && days[notAfter.field];
  return {
    min: earliest && earliest > today ? earliest : today,
    max: latest || `${latestYear(today)}-12-31`,
  };
};
