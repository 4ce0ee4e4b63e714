import { describe, expect, test } from 'vitest';
import { budgetItems, costWords, formFacts, hasFormFacts } from './form-facts.ts';

describe('what was filled in', () => {
  test('uses the names of the form, writes out days, and names the device', () => {
    const form = { serial: 'HP-2024-002', location: 'Warehouse', expectedReturnDate: '2026-12-16' };
    expect(formFacts({ subCategory: 'Laptop', scheduledDate: '2026-11-25', form })).toEqual([
      ['Kind', 'Laptop'],
      ['Device', 'HP ProBook 450 G9'],
      ['Serial number', 'HP-2024-002'],
      ['Location', 'Warehouse'],
      ['Expected return', '16 December 2026'],
      ['Wanted on', '25 November 2026'],
    ]);
  });

  test('leaves out what the form does not know and what is empty', () => {
    const bare = { subCategory: null, scheduledDate: null, form: { otherIssue: '', surprise: 'x' } };
    expect(formFacts(bare)).toEqual([]);
    expect(hasFormFacts(bare)).toBe(false);
  });

  test('knows the items of a budget, and nothing that only looks like one', () => {
    const item = { costElement: 'Supplies', estimatedCost: '0-10000', description: 'Handbooks' };
    expect(budgetItems({ items: [item, 'x', { description: 'half' }] })).toEqual([item]);
    expect(budgetItems({ items: 'none' })).toEqual([]);
  });

  test('names a range of pesos, also one without an end', () => {
    expect(costWords({ from: 10_001, to: 50_000 })).toBe('₱10,001 to ₱50,000');
    expect(costWords({ from: 1_000_001, to: null })).toBe('₱1,000,001 or more');
  });
});
