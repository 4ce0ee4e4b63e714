import { Show } from 'solid-js';

/** The number with a quiet date before the six digits that count. `short` shows only these. */
export const TicketNumber = (props: { of: string; short?: boolean }) => (
  <span class="no">
    <Show when={!props.short}>
      <span>{props.of.slice(0, -6)}</span>
    </Show>
    {props.of.slice(-6)}
  </span>
);

/** The six digits by which people call a ticket. */
export const shortNumber = (number: string): string => number.slice(-6);
