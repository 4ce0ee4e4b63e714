import type { FindPeople } from '../../db/search/find-people.ts';
import { soughtBy } from '../../db/search/sought.ts';
import type { TicketSearch } from '../../db/search/ticket-search.ts';
import { among } from './conditions.ts';
import { respelt } from './respelt.ts';

/** The search for tickets that every list uses. */
export const createTicketSearch = (findPeople: FindPeople): TicketSearch => ({
  async wantedBy(em, q, by) {
    const sought = soughtBy(q);
    return { sought, people: await findPeople(em, sought, by) };
  },
  among,
  respelt,
});
