import { expect, test } from 'vitest';
import { hueOf } from './avatar.tsx';

test('two people with the same initials have different colours, and one person always the same', () => {
  const apart = (one: string, other: string): number => {
    const distance = Math.abs(hueOf(one) - hueOf(other));
    return Math.min(distance, 360 - distance);
  };
  expect(apart('TTS Admin', 'Tracking Admin')).toBeGreaterThan(30);
  expect(apart('Clara Duarte', 'Clara Duarte')).toBe(0);
});
