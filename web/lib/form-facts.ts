import { assets } from '../../api/helpdesk/catalogue.ts';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { calendarDay } from './time.ts';

export type Fact = [name: string, value: string];

const names: Record<string, string> = {
  subCategory: 'Kind',
  deviceType: 'Device',
  otherDevice: 'Which device',
  softwareAffected: 'Software affected',
  asset: 'Device',
  serial: 'Serial number',
  location: 'Location',
  issueType: 'Condition',
  otherIssue: 'What is wrong',
  expectedReturnDate: 'Expected return',
  performanceStart: 'From',
  performanceEnd: 'Until',
  preparedBy: 'Prepared by',
};

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);

/** What was filled in besides subject and description, with the names the form gave it. */
export const formFacts = (ticket: Pick<TicketView, 'subCategory' | 'scheduledDate' | 'form'>): Fact[] => {
  const asset = assets.find((known) => known.serial === ticket.form.serial)?.name;
  const all: Record<string, unknown> = { subCategory: ticket.subCategory, asset, ...ticket.form };
  const facts = Object.entries(names).flatMap(([key, name]): Fact[] => {
    const value = all[key];
    if (typeof value !== 'string' || value === '') return [];
    return [[name, isDay(value) ? calendarDay(value) : value]];
  });
  return ticket.scheduledDate ? [...facts, ['Wanted on', calendarDay(ticket.scheduledDate)]] : facts;
};

export interface BudgetItem {
  costElement: string;
  estimatedCost: string;
  description: string;
}

const isItem = (value: unknown): value is BudgetItem =>
  typeof value === 'object' &&
  value !== null &&
  'costElement' in value &&
  'estimatedCost' in value &&
  'description' in value;

/** The items of a budget proposal; none for other forms. */
export const budgetItems = (form: TicketView['form']): BudgetItem[] =>
  Array.isArray(form.items) ? form.items.filter(isItem) : [];

const pesos = new Intl.NumberFormat('en-PH', { style: 'currency', currency: 'PHP', maximumFractionDigits: 0 });

/** "₱10,001 to ₱50,000", "more than ₱1,000,000". */
export const costWords = (range: { from: number; to: number | null }): string =>
  range.to === null
    ? `${pesos.format(range.from)} or more`
    : `${pesos.format(range.from)} to ${pesos.format(range.to)}`;

/** Whether anything was filled in besides subject and description. */
export const hasFormFacts = (ticket: Pick<TicketView, 'subCategory' | 'scheduledDate' | 'form'>): boolean =>
  formFacts(ticket).length > 0 || budgetItems(ticket.form).length > 0;
