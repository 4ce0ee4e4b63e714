import { numberPrefix, shortNumber } from '../lib/ticket-number.ts';

/** The whole number, with its day set quietly before the six digits that count. */
export const TicketNumber = (props: { of: string }) => (
  <span class="no">
    <span>{numberPrefix(props.of)}</span>
    {shortNumber(props.of)}
  </span>
);
