import { describe, expect, test } from 'vitest';
import { blankDraft, blankItem, type Draft, toSubmission } from './draft.ts';
import { check, inOrder, labelOf, serverErrors } from './form-errors.ts';

const filled = (values: Partial<Draft['values']>, items: Draft['items'] = []): Draft => {
  const blank = blankDraft('general_request', '');
  return {
    values: { ...blank.values, subject: 'Chairs for room 4', description: 'Six chairs, with arms.', ...values },
    items,
  };
};

describe('from the fields to the form', () => {
  test('what is optional and empty is not sent', () => {
    expect(toSubmission('general_request', filled({}))).toEqual({
      category: 'general_request',
      subject: 'Chairs for room 4',
      description: 'Six chairs, with arms.',
    });
  });

  test('what belongs to another form, or to another answer, is not sent', () => {
    const draft = filled({
      subCategory: 'Data Backup/Restore',
      deviceType: 'Laptop',
      otherDevice: 'Abacus',
      serial: 'x',
    });
    expect(toSubmission('it_support', draft)).not.toHaveProperty('otherDevice');
    expect(toSubmission('it_support', draft)).not.toHaveProperty('serial');
    expect(toSubmission('it_support', filled({ deviceType: 'Other', otherDevice: 'Abacus' }))).toHaveProperty(
      'otherDevice',
      'Abacus',
    );
  });

  test('a complete draft is a form', () => {
    expect(check('general_request', filled({})).errors).toEqual({});
    expect(check('general_request', filled({})).form?.category).toBe('general_request');
  });
});

describe('errors', () => {
  test('belong to their fields, one each', () => {
    const { form, errors } = check('budget_proposal', {
      ...blankDraft('budget_proposal', 'Marta'),
      items: [blankItem()],
    });
    expect(form).toBeNull();
    expect(Object.keys(errors)).toContain('items.0.costElement');
    expect(errors['items.0.description']).toBe('Fill this in.');
    expect(errors).not.toHaveProperty('preparedBy');
  });

  test('come in the order of the page, not of the schema', () => {
    const { errors } = check('asset_check_out', blankDraft('asset_check_out', ''));
    expect(inOrder('asset_check_out', errors).map(([path]) => path)).toEqual([
      'subCategory',
      'serial',
      'location',
      'expectedReturnDate',
      'subject',
      'description',
    ]);
  });

  test('of days that contradict each other come with all others', () => {
    const nextYear = new Date().getFullYear() + 1;
    const empty = blankDraft('asset_check_out', '');
    const days = { scheduledDate: `${nextYear}-05-02`, expectedReturnDate: `${nextYear}-05-01` };
    const { errors } = check('asset_check_out', { ...empty, values: { ...empty.values, ...days } });
    expect(errors).toMatchObject({
      subject: 'Use at least 3 characters.',
      expectedReturnDate: 'It would be back before you need it. Choose the day from which you need it, or a later one.',
    });
  });

  test('have the names that the form shows', () => {
    expect(labelOf('asset_check_out', 'location')).toBe('Where you will use it');
    expect(labelOf('asset_check_in', 'location')).toBe('Where it is now');
    expect(labelOf('budget_proposal', 'items.1.description')).toBe('Item 2, What for');
    expect(labelOf('budget_proposal', 'items')).toBe('Items');
    expect(labelOf('budget_proposal', 'somethingNew')).toBe('The form');
  });

  test('of the server belong to the same fields', () => {
    expect(serverErrors([{ path: ['items', 0, 'description'], message: 'Too rude.' }])).toEqual({
      'items.0.description': 'Too rude.',
    });
  });
});
