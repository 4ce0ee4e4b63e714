// Days in addresses and filters, as the reader's clock has them.

/** A day that a calendar has, and not one that is still being typed, like the year 202. */
export const isDay = (value: string): boolean =>
  /^[12]\d{3}-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;

const midnight = (day: string, later: number): string => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
};

/** The first moment of a day. */
export const startOf = (day: string | null): string | undefined => (day === null ? undefined : midnight(day, 0));

/** The first moment after a day. */
export const endOf = (day: string | null): string | undefined => (day === null ? undefined : midnight(day, 1));
