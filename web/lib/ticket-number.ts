/** A number is `TX`, a day and six digits. People call a ticket by the digits. */
const digits = 6;

/** The six digits: "004098". */
export const shortNumber = (number: string): string => number.slice(-digits);

/** What comes before them: "TX20261123". */
export const numberPrefix = (number: string): string => number.slice(0, -digits);
