// The form of a ticket number: `TX`, the UTC day and at least six digits of a sequence. More than six digits never begin
// with a zero, so that each number has one spelling.

export const ticketNumberPattern = /^TX\d{8}(\d{6}|[1-9]\d{6,15})$/;

export const ticketNumberExample = 'TX20261123004098';

export const notATicketNumber = `A ticket number looks like ${ticketNumberExample}.`;

/** The prefix of all numbers of a day. */
export const numberOfDay = (now: Date): string => `TX${now.toISOString().slice(0, 10).replaceAll('-', '')}`;
