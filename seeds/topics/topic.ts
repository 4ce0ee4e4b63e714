/** A subject and a description; `{room}`, `{team}`, `{site}` and `{weekday}` are filled in for each ticket. */
export type Topic = readonly [subject: string, description: string];

/** What the placeholders may become. The longest of each still fits the limits of the form. */
export const fillings = {
  room: ['1.12', '2.04', '2.31', '3.07', '3.18', '4.02'],
  team: ['finance', 'payroll', 'sales', 'audit', 'legal', 'claims'],
  site: ['Branch North', 'Branch South', 'the warehouse', 'the main office'],
  weekday: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
} as const;
export type Filling = keyof typeof fillings;
