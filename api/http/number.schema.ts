import { z } from 'zod';

/** The one way to write a whole number in an address or a setting: neither `1e1` nor `0x10`, `+5`, `-0`, `05` or ` 5`. */
const digits = /^(0|[1-9]\d{0,14})$/;

/** A whole number from `least` to `most` that comes as text. */
export const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && digits.test(value) ? Number(value) : value),
    z.int(`Write a whole number in digits, from ${least} to ${most}.`).min(least).max(most),
  );
