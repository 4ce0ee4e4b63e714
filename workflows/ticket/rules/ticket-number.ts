// The form of a ticket number: `TX`, the day in UTC and at least six digits of a sequence. It has one spelling: more than
// six digits never begin with a zero.

export const ticketNumberPattern = /^TX\d{8}(\d{6}|[1-9]\d{6,15})$/;

export const ticketNumberExample = 'TX20261123004098';

export const notATicketNumber = `A ticket number looks like ${ticketNumberExample}.`;

/** What all numbers of a day begin with. */
export const numberOfDay = (now: Date): string => `TX${now.toISOString().slice(0, 10).replaceAll('-', '')}`;
