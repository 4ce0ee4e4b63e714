import { line } from '../../http/text.schema.ts';

/** The longest search: a link to a ticket fits, with the filters of its list. */
export const longestSearch = 500;

export const searchWords = line(1, longestSearch).meta({
  description:
    'Words or a ticket number, also as mails and links write it. Finds number, subject, description and the fields of the form, the ' +
    'names of requester and assignee by their beginning, and for staff their e-mail addresses. Capitals, accents, quotes and hyphens ' +
    'make no difference. Words that no ticket of the list has are matched to similar ones.',
});
