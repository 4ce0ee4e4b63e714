import { describe, expect, test } from 'vitest';
import { costRanges, totalOf } from './catalogue.ts';

describe('the total of a budget', () => {
  test.each([
    [[], { from: 0, to: 0 }],
    [['0-10000'], { from: 0, to: 10_000 }],
    [['0-10000', '10001-50000', '10001-50000'], { from: 20_002, to: 110_000 }],
    [['500001-1000000', '1000001+'], { from: 1_500_002, to: null }],
    [['1000001+', '0-10000'], { from: 1_000_001, to: null }],
    [costRanges.map((range) => range.code), { from: 1_660_005, to: null }],
  ])('of %j is %j', (codes, total) => {
    expect(totalOf(codes.map((estimatedCost) => ({ estimatedCost })))).toEqual(total);
  });
});
