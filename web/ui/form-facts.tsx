import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { formFacts } from '../lib/form-facts.ts';
import { BudgetItems } from './budget-items.tsx';
import { FactList } from './fact-list.tsx';

/** A serial number is set in a font that shows each letter clearly. */
export const serialOf = (name: string, value: string) =>
  name === 'Serial number' ? <span class="mono">{value}</span> : value;

/** What the requester filled in, for everybody who reads the ticket. */
export const FormFacts = (props: { ticket: Pick<TicketView, 'subCategory' | 'scheduledDate' | 'form'> }) => (
  <>
    <FactList of={formFacts(props.ticket).map(([name, value]) => [name, serialOf(name, value)] as const)} />
    <BudgetItems form={props.ticket.form} />
  </>
);
